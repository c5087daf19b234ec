import type { AckFn, App, Receiver } from "@slack/bolt";

type ReceiverEvent = Parameters<App["processEvent"]>[0];

/**
 * Acknowledges events when their listeners are done, not before they begin as Bolt does: what is acknowledged and then lost
 * in a crash never comes again. A listener that rejects leaves the event unacknowledged, so Slack sends it once more.
 * Commands, buttons and forms are acknowledged by their listeners, which have something to say with it.
 */
export function acknowledgeLate(receiver: Receiver): Receiver {
  return {
    init: (app) => receiver.init({ processEvent: (event: ReceiverEvent) => process(app, event) } as App),
    start: () => receiver.start(),
    stop: () => receiver.stop(),
  };
}

async function process(app: App, event: ReceiverEvent): Promise<void> {
  if (event.body.type !== "event_callback") return app.processEvent(event);
  const ask: AckFn<unknown> = async () => {};
  await app.processEvent({ ...event, ack: ask });
  await event.ack();
}
