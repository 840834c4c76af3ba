package dev.wick.cli.command;

import dev.wick.cli.store.Answer;
import dev.wick.cli.store.Json;
import dev.wick.cli.store.StoreClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A gateway's documents, read page by page. */
final class Documents {

    private static final int PAGE = 1_000;

    private final StoreClient store;

    Documents(StoreClient store) {
        this.store = store;
    }

    /**
     * Hands out all documents of a kind by name.
     *
     * @return null, or the answer that ended it
     */
    @Nullable Answer each(String kind, Consumer<Json> take) {
        String cursor = "";
        do {
            String path = "/" + StoreClient.part(kind) + "?limit=" + PAGE + cursor;
            Answer answer = store.ask("GET", path);
            if (!answer.isGood()) {
                return answer;
            }
            answer.body().at("items").items().forEach(take);
            String next = answer.body().at("next").text();
            cursor = next.isEmpty() ? "" : "&cursor=" + StoreClient.part(next);
        } while (!cursor.isEmpty());
        return null;
    }

    /** All of a few kinds, or null after saying why not. */
    @Nullable List<Json> all(List<String> kinds) {
        List<Json> documents = new ArrayList<>();
        for (String kind : kinds) {
            Answer refusal = each(kind, documents::add);
            if (refusal != null) {
                Terminal.refused(refusal, store);
                return null;
            }
        }
        return documents;
    }
}
