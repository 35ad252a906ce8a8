import { Banner } from '../components/banner.tsx';
import { currentBanners } from './reading.ts';

/** The announcements that stand above every page. */
export async function Banners() {
  const banners = await currentBanners();
  return banners.map((announcement) => <Banner key={announcement.id} announcement={announcement} />);
}
