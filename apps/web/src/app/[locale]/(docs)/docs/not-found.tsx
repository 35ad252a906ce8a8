import { MissingPage } from '#features/docs/components/missing-page.tsx';

export default MissingPage;
