package dev.wick.cli.command;

import dev.wick.cli.store.Answer;
import dev.wick.cli.store.StoreClient;
import dev.wick.cli.store.UnreachableException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * One change of a gateway, made once however often it has to be sent: the store decides each
 * idempotency key once.
 */
final class Change {

    private static final int TRIES = 5;
    private static final long PAUSE_MILLIS = 1_000;

    private final StoreClient store;
    private final String id = UUID.randomUUID().toString();

    Change(StoreClient store) {
        this.store = store;
    }

    /**
     * Asks again while neither the store nor we know what became of it.
     *
     * @throws UnreachableException nothing was sent, or it is still not known
     */
    Answer send(String method, String path, byte[] body, Map<String, String> headers)
            throws InterruptedException {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Idempotency-Key", id);
        boolean asked = false;
        for (int tries = 1; ; tries++) {
            try {
                Answer answer = store.ask(method, path, body, all);
                if (!isUnknown(answer) || tries == TRIES) {
                    return answer;
                }
                asked = true;
            } catch (UnreachableException e) {
                asked |= e.asked();
                if (!asked) {
                    throw e;
                }
                if (tries == TRIES) {
                    throw unknown(e);
                }
            }
            Thread.sleep(PAUSE_MILLIS); // for a store that starts again
        }
    }

    private static boolean isUnknown(Answer answer) {
        return answer.status() == 503 && answer.body().at("requestId").exists();
    }

    private UnreachableException unknown(UnreachableException last) {
        return new UnreachableException(
                last.getMessage()
                        + "; whether the change was made is not known: GET /v1/gateways/"
                        + store.gateway()
                        + "/requests/"
                        + id
                        + " tells",
                true,
                last);
    }
}
