package dev.wick.gateway.draw;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.wick.gateway.live.Held;
import dev.wick.gateway.upstream.Cluster;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** An instance without an edge, a store that says what it is told, and documents for both. */
abstract class DrawFixture {

    final StubStore store = new StubStore();
    Drawn drawn = new Drawn(store);

    DrawFixture() throws IOException {}

    @AfterEach
    void close() {
        drawn.close();
        store.close();
    }

    /** A virtual host whose first route has this name. */
    static String host(String name, String domain, String says) {
        return "{\"kind\":\"VirtualHost\",\"name\":\""
                + name
                + "\",\"domains\":[\""
                + domain
                + "\"],\"routes\":[{\"name\":\""
                + says
                + "\",\"match\":{\"path\":{\"prefix\":\"/\"}},\"directResponse\":{\"status\":200}}]}";
    }

    static String forwarding(String name, String domain, String says, String cluster) {
        return host(name, domain, says)
                .replace(
                        "\"directResponse\":{\"status\":200}",
                        "\"route\":{\"cluster\":\"" + cluster + "\"}");
    }

    static String cluster(String name, int port) {
        return "{\"kind\":\"Cluster\",\"name\":\""
                + name
                + "\",\"endpoints\":[{\"address\":\"127.0.0.1\",\"port\":"
                + port
                + "}]}";
    }

    static String changed(long revision, String hosts, String documents) {
        return "{\"revision\":"
                + revision
                + ",\"hosts\":["
                + hosts
                + "],\"documents\":["
                + documents
                + "]}";
    }

    static String place(String host) {
        return "{\"listener\":\"http\",\"chain\":\"\",\"host\":\"" + host + "\"}";
    }

    static String document(String kind, String name, String json) {
        return "{\"kind\":\"" + kind + "\",\"name\":\"" + name + "\",\"document\":" + json + "}";
    }

    void serve(String host, String says) {
        store.serve(host, host, host(host.replace('.', '-'), host, says));
    }

    void follow() throws InterruptedException {
        Drawn.until(() -> store.followers() == 1);
    }

    Held held(String host) {
        return drawn.names.held(host);
    }

    String says(String host) {
        try {
            return drawn.says(host);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    Cluster clusterOf(String host) {
        return held(host).snapshot().cluster(0);
    }

    String reportWith(String text) throws InterruptedException {
        while (true) {
            String report = store.reports.poll(5, TimeUnit.SECONDS);
            assertNotNull(report, "a report with " + text);
            if (report.contains(text)) {
                return report;
            }
        }
    }
}
