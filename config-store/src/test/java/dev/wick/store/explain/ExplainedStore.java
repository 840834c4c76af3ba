package dev.wick.store.explain;

import static dev.wick.store.TestStore.GATEWAY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.store.TestStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Asks a store what it would do with requests. */
abstract class ExplainedStore {

    @TempDir Path folder;
    TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    final Explanation explain(String url, Question.Header... headers) {
        Question question =
                new Question("GET", URI.create(url), List.of(headers), null, null, null);
        return new Explainer(store.slices).explain(GATEWAY, question);
    }

    /** As {@code value < from}. */
    static String setting(Explanation explanation, String of, String name) {
        List<String> found =
                explanation.settings().stream()
                        .filter(one -> one.of().equals(of) && one.name().equals(name))
                        .map(one -> one.value() + " < " + one.from())
                        .toList();
        assertEquals(1, found.size(), () -> of + " " + name + ": " + explanation.settings());
        return found.getFirst();
    }

    static String host(String fields, String route) {
        return """
        kind: VirtualHost
        name: shop
        domains: [shop.test]
        %s
        routes:
          - match: {path: {prefix: /}}
            %s
        ---
        """
                .formatted(fields, route);
    }
}
