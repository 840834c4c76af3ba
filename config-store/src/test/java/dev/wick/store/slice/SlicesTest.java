package dev.wick.store.slice;

import static dev.wick.store.TestStore.GATEWAY;
import static dev.wick.store.TestStore.cluster;
import static dev.wick.store.TestStore.host;
import static dev.wick.store.TestStore.listener;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.wick.store.TestStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlicesTest {

    @TempDir Path folder;
    private TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Slice.Found draw(String listener, String host) {
        return store.slices.read(GATEWAY, new HostName(listener, "", host), Holding.NONE).found();
    }

    private String domain(String host) {
        Slice.Found found = draw("http", host);
        return found == null ? "" : found.domain();
    }

    @Test
    void domainsAreTriedInEnvoysOrder() {
        String bundle = cluster("c", 1) + listener("http", 80);
        List<String> domains =
                List.of(
                        "a.example.com",
                        "a.example.com:8080",
                        "*.example.com",
                        "*-a.example.com",
                        "*.com:8080",
                        "a.*",
                        "a.example.*",
                        "*");
        for (int i = 0; i < domains.size(); i++) {
            bundle += host("h" + i, domains.get(i), "c");
        }
        store.apply(bundle);

        assertEquals("a.example.com", domain("a.example.com"));
        assertEquals("a.example.com:8080", domain("a.example.com:8080"));
        assertEquals("a.example.com", domain("a.example.com:9090"));
        assertEquals("*.example.com", domain("b.example.com"));
        assertEquals("*-a.example.com", domain("x-a.example.com"));
        assertEquals("*.example.com", domain("x.y.example.com:1"));
        assertEquals("*.com:8080", domain("other.com:8080"));
        assertEquals("a.example.*", domain("a.example.org"));
        assertEquals("a.*", domain("a.net"));
        assertEquals("*", domain("else.net"));
    }

    @Test
    void aHostOfOneListenerIsServedThereAlone() {
        store.apply(
                listener("http", 80)
                        + listener("other", 81)
                        + cluster("c", 1)
                        + host("everywhere", "*", "c")
                        + host("one", "one.com", "c")
                                .replace("name: one", "name: one\nlisteners: [other]"));

        assertEquals("one", draw("other", "one.com").virtualHost().key().name());
        assertEquals("everywhere", draw("http", "one.com").virtualHost().key().name());
    }

    @Test
    void aSliceIsTheHostAndWhatItRefersTo() {
        store.apply(
                listener("http", 80)
                        + cluster("c", 1)
                        + cluster("d", 1)
                        + host("h", "h.com", "c").replace("name: h", "name: h\nlisteners: [http]"));

        Slice.Found found = draw("http", "h.com");

        assertEquals(
                List.of("Cluster/c"),
                found.documents().stream().map(d -> d.key().toString()).toList());
    }

    @Test
    void theEtagChangesWithThePartsOfASliceAndWithNothingElse() {
        store.apply(listener("http", 80) + cluster("c", 1) + host("h", "h.com", "c"));
        String first = draw("http", "h.com").etag();
        store.apply(cluster("other", 1));
        String same = draw("http", "h.com").etag();
        store.apply(cluster("c", 2));
        String changed = draw("http", "h.com").etag();

        assertEquals(first, same);
        assertNotEquals(first, changed);
    }

    @Test
    void aGatewayThatNobodyWroteIsEmpty() {
        Slice slice = store.slices.read("nobody", new HostName("http", "", "h.com"), Holding.NONE);

        assertEquals(0, slice.revision());
        assertNull(slice.found());
        assertEquals(List.of(), store.slices.listeners("nobody").listeners());
    }
}
