package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Envoy;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/** A real Envoy and Wick with the same routes, to be asked the same. */
final class RouteTwins implements AutoCloseable {

    /**
     * The routes of one host in both languages, items of a YAML flow list, and what is asked of it:
     * {@code METHOD path|name: value|...}; a path alone is a GET, and {@code HOST} is the host.
     */
    record Rule(String envoy, String wick, String... requests) {}

    private final int envoyPort = Ports.free();
    private final Envoy envoy;
    private final Gateway gateway;

    /**
     * @param clusters of Envoy, items of a YAML list
     * @param documents of Wick, besides hosts
     */
    RouteTwins(String name, List<Rule> rules, String clusters, String documents) {
        StringBuilder hosts = new StringBuilder();
        StringBuilder all = new StringBuilder(Documents.listener() + documents);
        for (int i = 0; i < rules.size(); i++) {
            hosts.append(
                    "- {name: r%d, domains: [%s], routes: [%s]}\n"
                            .formatted(i, host(i), rules.get(i).envoy));
            all.append(
                    "kind: VirtualHost\nname: r%d\ndomains: [%s]\nroutes: [%s]\n---\n"
                            .formatted(i, host(i), rules.get(i).wick));
        }
        envoy = Envoy.routing(envoyPort, hosts.toString(), clusters);
        Store.shared().gateway(name).apply(all.toString());
        gateway = Gateway.start(Store.shared(), name);
    }

    private static String host(int rule) {
        return "r" + rule + ".test";
    }

    /** For {@link #same}: a rule, a request and its host. */
    static List<Arguments> requests(List<Rule> rules) {
        List<Arguments> requests = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            for (String request : rules.get(i).requests) {
                requests.add(
                        Arguments.of(rules.get(i).wick, request.replace("HOST", host(i)), host(i)));
            }
        }
        return requests;
    }

    /** Both answer alike. */
    void same(String rule, String request, String host) {
        assertEquals(
                seen(envoyPort, request, host),
                seen(gateway.port(), request, host),
                rule + " " + request);
    }

    private static String seen(int port, String request, String host) {
        String[] parts = request.split("\\|");
        String line = parts[0].startsWith("/") ? "GET " + parts[0] : parts[0];
        StringBuilder head = new StringBuilder(line + " HTTP/1.1\r\n");
        if (!request.contains("|host: ")) {
            head.append("host: ").append(host).append("\r\n");
        }
        for (int i = 1; i < parts.length; i++) {
            head.append(parts[i]).append("\r\n");
        }
        try (Http1 client = Http1.open(port)) {
            client.send(head + "\r\n");
            Reply reply = client.reply(line.substring(0, line.indexOf(' ')));
            return reply.status()
                    + " "
                    + reply.fields("location")
                    + reply.fields("grpc-message")
                    + " "
                    + reply.text();
        }
    }

    @Override
    public void close() {
        envoy.close();
        gateway.close();
    }
}
