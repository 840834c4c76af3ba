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
            String why;
            try {
                Answer answer = store.ask(method, path, body, all);
                if (isLast(answer, asked)) {
                    return answer;
                }
                asked = true;
                why = "the store answered " + answer.status();
            } catch (UnreachableException e) {
                asked |= e.asked();
                if (!asked) {
                    throw e;
                }
                why = String.valueOf(e.getMessage());
            }
            if (tries == TRIES) {
                throw unknown(why);
            }
            Thread.sleep(PAUSE_MILLIS); // for a store that starts again
        }
    }

    /**
     * Whether the answer tells what became of the change. Where it may have been made by an earlier
     * question already, one that was not let in says nothing of that.
     */
    private static boolean isLast(Answer answer, boolean askedBefore) {
        if (answer.status() == 503 && answer.body().at("requestId").exists()) {
            return false;
        }
        return !askedBefore
                || switch (answer.status()) {
                    case 401, 403, 408, 429 -> false;
                    case 507 -> true;
                    default -> answer.status() < 500;
                };
    }

    private UnreachableException unknown(String why) {
        return new UnreachableException(
                why
                        + "; whether the change was made is not known: GET /v1/gateways/"
                        + store.gateway()
                        + "/requests/"
                        + id
                        + " tells",
                true,
                null);
    }
}
