package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.DnsServer;
import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.Upstream;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A name that is one host, by the answers of a real DNS server. */
class LogicalDnsTest {

    @Test
    void new_connections_go_where_the_name_is_and_those_that_are_there_stay() {
        try (DnsServer dns = DnsServer.saying("127.0.0.1", "127.0.0.2");
                Upstream first = Upstream.saying("first");
                Upstream second =
                        Upstream.at(
                                InetAddress.ofLiteral("127.0.0.2"),
                                first.port(),
                                exchange -> exchange.reply(200, "second"))) {
            Store.shared()
                    .gateway("logical-dns")
                    .apply(
                            Documents.listener()
                                    + Documents.host("kept", "kept.test", "kept")
                                    + Documents.host("fresh", "fresh.test", "fresh")
                                    + cluster("kept", first.port(), dns, "")
                                    + cluster(
                                            "fresh",
                                            first.port(),
                                            dns,
                                            "commonHttpProtocolOptions: {maxRequestsPerConnection: 1}\n"));
            try (Gateway gateway = Gateway.start(Store.shared(), "logical-dns");
                    // On one loop, and so on one connection to the host.
                    Http1 client = Http1.open(gateway.port())) {
                for (int i = 0; i < 6; i++) {
                    assertEquals("first", kept(client));
                    assertEquals("first", gateway.get("fresh.test", "/").text());
                }
                // The second address of an answer is no host.
                assertTrue(second.requests().isEmpty());
                assertEquals(1, hosts(gateway, "fresh"));

                dns.say("127.0.0.2");

                await().pollInterval(Duration.ofMillis(20))
                        .untilAsserted(
                                () ->
                                        assertEquals(
                                                "second", gateway.get("fresh.test", "/").text()));
                assertEquals("first", kept(client));
                assertEquals(1, hosts(gateway, "fresh"));

                dns.say();

                await().pollInterval(Duration.ofMillis(20))
                        .until(
                                () -> {
                                    assertEquals("second", gateway.get("fresh.test", "/").text());
                                    String stats = gateway.admin("GET", "/stats").text();
                                    return !stats.contains("cluster.fresh.update_failure: 0\n");
                                });
                assertEquals("second", gateway.get("fresh.test", "/").text());
            }
        }
    }

    private static String kept(Http1 client) {
        return client.request("GET", "kept.test", "/", "").text();
    }

    private static long hosts(Gateway gateway, String cluster) {
        String lines = gateway.admin("GET", "/clusters").text();
        return lines.lines()
                .filter(line -> line.startsWith(cluster + "::") && line.contains("::weight::"))
                .count();
    }

    private static String cluster(String name, int port, DnsServer dns, String more) {
        return """
        kind: Cluster
        name: %s
        type: LOGICAL_DNS
        dnsRefreshRate: 20ms
        dnsFailureRefreshRate: {baseInterval: 20ms}
        dnsResolvers: [{address: 127.0.0.1, port: %d}]
        endpoints: [{address: moving.test, port: %d}]
        %s---
        """
                .formatted(name, dns.port(), port, more);
    }
}
