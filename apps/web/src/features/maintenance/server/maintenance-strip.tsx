import { maintenanceOf } from '@ai-bridge/catalog';
import { currentSettings } from '#features/site/server/current-site.ts';
import { composition } from '#server/deps.ts';
import { MaintenanceBanner } from '../components/maintenance-banner.tsx';
import { noticeOf } from './read-maintenance.ts';

/** What stands above every page while something is worked on. */
export async function MaintenanceStrip() {
  const now = new Date(composition().deps.clock.now());
  const maintenance = maintenanceOf(await currentSettings(), now);
  return maintenance && <MaintenanceBanner notice={noticeOf(maintenance)} />;
}
