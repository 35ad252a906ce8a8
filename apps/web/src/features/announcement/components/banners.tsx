import { currentBanners } from '../server/reading.ts';
import { Banner } from './banner.tsx';

/** The announcements that stand above every page. */
export async function Banners() {
  const banners = await currentBanners();
  return banners.map((announcement) => <Banner key={announcement.id} announcement={announcement} />);
}
