export { default } from '../(site)/layout.tsx';
