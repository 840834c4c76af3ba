package dev.wick.e2e.twin;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One instance of Wick for all groups, with the same hosts and listeners as Envoy has. */
final class WickSide implements AutoCloseable {

    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Gateway gateway;

    WickSide(List<Group> groups, Upstreams upstreams) {
        StringBuilder documents =
                new StringBuilder(
                        Documents.listener()
                                + "kind: Cluster\nname: empty\nendpoints: []\n---\n"
                                + cluster("up", "@up")
                                + cluster("up2", "@up2")
                                + cluster("refused", "@refused")
                                + cluster("uph2", "@uph2")
                                        .replace(
                                                "---\n",
                                                "explicitHttpConfig: {http2ProtocolOptions: {}}\n---\n"));
        for (Group group : groups) {
            if (group.ownListener()) {
                int port = Ports.free();
                ports.put(group.name(), port);
                documents.append(
                        "kind: Listener\nname: %s\naddress: 127.0.0.1\nport: %d\n%s---\n"
                                .formatted(group.name(), port, group.section("wick listener")));
            }
            if (!group.section("wick routes").isBlank()) {
                documents.append(
                        "kind: VirtualHost\nname: %s\nlisteners: [%s]\ndomains: [%s]\n%sroutes:\n%s---\n"
                                .formatted(
                                        group.name(),
                                        group.listener(),
                                        group.host(),
                                        group.section("wick host"),
                                        group.section("wick routes").indent(2)));
            }
            if (!group.section("wick documents").isBlank()) {
                documents.append(group.section("wick documents")).append("---\n");
            }
        }
        Store.shared().gateway("twin").apply(upstreams.ports(documents.toString()));
        gateway = Gateway.start(Store.shared(), "twin");
        ports.put("http", gateway.port());
    }

    int port(String listener) {
        return ports.get(listener);
    }

    private static String cluster(String name, String port) {
        return "kind: Cluster\nname: %s\nendpoints: [{address: 127.0.0.1, port: %s}]\n---\n"
                .formatted(name, port);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
