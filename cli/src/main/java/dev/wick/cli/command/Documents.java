package dev.wick.cli.command;

import dev.wick.cli.store.Answer;
import dev.wick.cli.store.Json;
import dev.wick.cli.store.StoreClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's documents, read page by page. What is made of each is made on other threads, while
 * the next page comes: to make the text of many documents takes longer than to fetch them.
 */
final class Documents {

    private static final int PAGE = 1_000;
    private static final int TRIES = 10;

    private final StoreClient store;
    private final Function<Json, String> text;

    /**
     * @param text what is made of a document, on any thread
     */
    Documents(StoreClient store, Function<Json, String> text) {
        this.store = store;
        this.text = text;
    }

    /**
     * What is made of all documents of a few kinds, as of one revision: read anew where the gateway
     * changed between two kinds.
     *
     * @return null after saying why not
     */
    @Nullable List<String> all(List<String> kinds) {
        int threads = Runtime.getRuntime().availableProcessors();
        for (int tries = 0; tries < TRIES; tries++) {
            ExecutorService executor = Executors.newFixedThreadPool(threads);
            try {
                List<CompletableFuture<List<String>>> pages = new ArrayList<>();
                Set<String> revisions = new HashSet<>();
                for (String kind : kinds) {
                    Answer refusal = read(kind, pages, revisions, executor);
                    if (refusal != null) {
                        Terminal.refused(refusal, store);
                        return null;
                    }
                }
                if (revisions.size() <= 1) {
                    return pages.stream().flatMap(page -> page.join().stream()).toList();
                }
            } finally {
                executor.shutdownNow(); // nobody waits for the text of a try that is given up
            }
        }
        Terminal.complain(
                "the gateway changed "
                        + TRIES
                        + " times while it was read (expected: a moment without a change)");
        return null;
    }

    /**
     * Adds the pages of a kind, by name, and the revision that they are of.
     *
     * @return null, or the answer that ended it
     */
    private @Nullable Answer read(
            String kind,
            List<CompletableFuture<List<String>>> pages,
            Set<String> revisions,
            Executor executor) {
        String cursor = "";
        do {
            String path = "/" + StoreClient.part(kind) + "?limit=" + PAGE + cursor;
            Answer answer = store.ask("GET", path);
            if (!answer.isGood()) {
                return answer;
            }
            revisions.add(answer.body().at("revision").text());
            List<Json> items = answer.body().at("items").items();
            pages.add(
                    CompletableFuture.supplyAsync(
                            () -> items.stream().map(text).toList(), executor));
            String next = answer.body().at("next").text();
            cursor = next.isEmpty() ? "" : "&cursor=" + StoreClient.part(next);
        } while (!cursor.isEmpty());
        return null;
    }
}
