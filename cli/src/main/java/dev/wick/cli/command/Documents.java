package dev.wick.cli.command;

import dev.wick.cli.store.Answer;
import dev.wick.cli.store.Json;
import dev.wick.cli.store.StoreClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A gateway's documents, read page by page. */
final class Documents {

    private static final int PAGE = 1_000;
    private static final int TRIES = 10;

    private final StoreClient store;

    Documents(StoreClient store) {
        this.store = store;
    }

    /**
     * All documents of a few kinds, as of one revision: read anew where the gateway changed between
     * two kinds.
     *
     * @return null after saying why not
     */
    @Nullable List<Json> all(List<String> kinds) {
        for (int tries = 0; tries < TRIES; tries++) {
            List<Json> documents = new ArrayList<>();
            Set<String> revisions = new HashSet<>();
            for (String kind : kinds) {
                Answer refusal = read(kind, documents, revisions);
                if (refusal != null) {
                    Terminal.refused(refusal, store);
                    return null;
                }
            }
            if (revisions.size() <= 1) {
                return documents;
            }
        }
        Terminal.complain(
                "the gateway changed "
                        + TRIES
                        + " times while it was read (expected: a moment without a change)");
        return null;
    }

    /**
     * Adds all documents of a kind, by name, and the revision that they are of.
     *
     * @return null, or the answer that ended it
     */
    private @Nullable Answer read(String kind, List<Json> documents, Set<String> revisions) {
        String cursor = "";
        do {
            String path = "/" + StoreClient.part(kind) + "?limit=" + PAGE + cursor;
            Answer answer = store.ask("GET", path);
            if (!answer.isGood()) {
                return answer;
            }
            revisions.add(answer.body().at("revision").text());
            answer.body().at("items").items().forEach(documents::add);
            String next = answer.body().at("next").text();
            cursor = next.isEmpty() ? "" : "&cursor=" + StoreClient.part(next);
        } while (!cursor.isEmpty());
        return null;
    }
}
