export { type FakeIdentitySite, type FakePerson, startFakeIdentitySite } from './server.ts';
