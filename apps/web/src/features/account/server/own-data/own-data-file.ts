import { writeAudit } from '@ai-bridge/access';
import { type Context, createContext } from '#server/context.ts';
import { refuse } from '#server/errors.ts';
import { admitDownload, fileOrRefusal, savedFile } from '#server/file-answer.ts';
import { zipArchive } from '#server/zip.ts';
import { actorOf } from '../signed-in.ts';
import { organizationFiles } from './organization-files.ts';
import { personFiles } from './person-files.ts';

const dateLength = 'YYYY-MM-DD'.length;

/** All that is stored of who asks, and of the organizations that they own, as a ZIP that is made while it is sent. */
export function ownDataFile(request: Request): Promise<Response> {
  return fileOrRefusal(async () => ownDataOf(await createContext(request.headers)));
}

/** @throws TRPCError */
export async function ownDataOf(context: Context): Promise<Response> {
  const { deps, session } = context;
  if (!session) throw refuse('unauthenticated');
  admitDownload(context);
  const userId = session.user.id;
  // Asked of the database: what a session says may be some seconds old.
  const owned = await deps.prisma.member.findMany({
    where: { userId, role: 'owner' },
    orderBy: { organizationId: 'asc' },
  });
  await writeAudit(deps.prisma, actorOf({ ...context, session }), { action: 'user.export', target: userId });
  const now = new Date(deps.clock.now());
  const entries = [
    ...personFiles(deps, userId),
    ...owned.flatMap(({ organizationId }) => organizationFiles(deps, organizationId)),
  ];
  return savedFile(streamOf(zipArchive(entries, now)), `my-data-${now.toISOString().slice(0, dateLength)}`, 'zip');
}

/** Asks for the next piece when the one before was sent, and for none once the reader has left. */
function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
