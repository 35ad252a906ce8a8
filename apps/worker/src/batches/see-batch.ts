import type { Caller } from '@ai-bridge/access/callers';
import type { ChannelSnapshot } from '@ai-bridge/catalog';
import { createdObjects, readBatchState } from '@ai-bridge/protocol';
import type { RelayDeps } from '../relay/deps.ts';

/**
 * Takes in what an upstream says of a batch, before its organization may learn of it: the files it has written are the organization's from
 * then on, and the one that tells what was used is kept until it was read.
 */
export async function seeBatch(
  body: Buffer,
  caller: Caller,
  channel: ChannelSnapshot,
  deps: Pick<RelayDeps, 'batches' | 'objects'>,
): Promise<void> {
  const state = readBatchState(body);
  if (!state) return;
  const { organizationId, keyId: apiKeyId } = caller;
  await deps.batches.seen(organizationId, channel.id, { ...state, upstreamId: state.id });
  const files = createdObjects('GET', `/v1/batches/${state.id}`, body);
  await deps.objects.pin(files.map((file) => ({ organizationId, apiKeyId, channelId: channel.id, ...file })));
}
