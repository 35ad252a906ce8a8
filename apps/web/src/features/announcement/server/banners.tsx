import { MaintenanceStrip } from '#features/maintenance/server/maintenance-strip.tsx';
import { Banner } from '../components/banner.tsx';
import { currentBanners } from './reading.ts';

/** What stands above every page: that something is worked on, and announcements. */
export async function Banners() {
  const banners = await currentBanners();
  return (
    <>
      <MaintenanceStrip />
      {banners.map((announcement) => (
        <Banner key={announcement.id} announcement={announcement} />
      ))}
    </>
  );
}
