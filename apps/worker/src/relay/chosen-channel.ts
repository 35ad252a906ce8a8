import type { CatalogSnapshot, ChannelSnapshot, ModelSnapshot } from '@ai-bridge/catalog';
import { RelayError } from '@ai-bridge/domain';
import type { RelayCaller } from '../callers/relay-caller.ts';
import type { Exchange } from '../http/exchange.ts';
import { channelsServing, whyUnfit } from './plan-model.ts';
import type { RouteQuestion } from './route-plan.ts';
import { staffMay } from './staff-may.ts';

const header = 'x-bridge-channel';

/**
 * The channel that staff want to try with this request: by its id or its name, for a key of somebody who may test channels. From any other
 * key the header is one of many that mean nothing here: it decides on nothing, and no answer tells whether a channel of that name exists.
 *
 * @param keeper the channel that keeps what the request names
 * @returns its id; undefined where none was chosen
 * @throws RelayError invalid_request where no such channel is in use, or another one keeps what the request names
 */
export function chosenChannel(
  { request }: { readonly request: Pick<Exchange['request'], 'headers'> },
  caller: RelayCaller,
  snapshot: CatalogSnapshot,
  keeper: string | undefined,
): string | undefined {
  const asked = request.headers[header];
  if (asked === undefined || !staffMay(caller, snapshot.settings, 'channel.manage')) return undefined;
  const channel = channelCalled(asked, snapshot);
  if (!channel) throw refused('no channel that is switched on has this id or name');
  if (keeper !== undefined && keeper !== channel.id) throw refused('another channel keeps what the request names');
  return channel.id;
}

/**
 * Sees to it that the channel that was chosen can take such requests at all. Whether it does so now is for the planner to see.
 * @throws RelayError invalid_request
 */
export function requireChosen(question: RouteQuestion, model: ModelSnapshot, snapshot: CatalogSnapshot): void {
  if (!question.isChosen) return;
  const channel = channelsServing(snapshot, model.id).find(({ id }) => id === question.home);
  const unfit = channel ? whyUnfit(channel, question) : `does not serve ${model.id}`;
  if (unfit !== undefined) throw refused(`the channel ${unfit}`);
}

/** Headers are read as latin1, while most clients that send other letters at all send them as UTF-8. */
function channelCalled(asked: string, { channels }: CatalogSnapshot): ChannelSnapshot | undefined {
  const decoded = Buffer.from(asked, 'latin1').toString();
  return channels.find(({ id }) => id === asked) ?? channels.find(({ name }) => name === asked || name === decoded);
}

function refused(reason: string): RelayError {
  return new RelayError('invalid_request', { path: header, reason });
}
