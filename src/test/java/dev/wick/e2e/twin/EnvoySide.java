package dev.wick.e2e.twin;

import dev.wick.e2e.harness.Envoy;
import dev.wick.e2e.harness.Ports;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One Envoy for all groups: a virtual host each, and a listener for those that want one. */
final class EnvoySide implements AutoCloseable {

    /**
     * As Envoy's guidance for edges has it, which is what Wick's documents default to; and a
     * malformed HTTP/2 request ends its stream, not its connection.
     */
    private static final String HTTP =
            """
            use_remote_address: true
            normalize_path: true
            merge_slashes: true
            path_with_escaped_slashes_action: UNESCAPE_AND_REDIRECT
            common_http_protocol_options: {headers_with_underscores_action: REJECT_REQUEST}
            delayed_close_timeout: 0.02s
            http2_protocol_options: {override_stream_error_on_invalid_http_message: true}
            http_filters: [{name: envoy.filters.http.router, typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}}]
            """;

    private static final String HTTP2 =
            ", typed_extension_protocol_options: {envoy.extensions.upstreams.http.v3.HttpProtocolOptions: "
                    + "{'@type': type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions, "
                    + "explicit_http_config: {http2_protocol_options: {}}}}}\n";

    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Envoy envoy;

    EnvoySide(List<Group> groups, Upstreams upstreams) {
        StringBuilder shared = new StringBuilder();
        StringBuilder listeners = new StringBuilder();
        StringBuilder clusters =
                new StringBuilder(
                        cluster("up", "@up")
                                + cluster("up2", "@up2")
                                + cluster("refused", "@refused")
                                + cluster("uph2", "@uph2").replaceFirst("}\n$", HTTP2)
                                + "- {name: empty, load_assignment: {cluster_name: empty}}\n");
        for (Group group : groups) {
            if (group.ownListener()) {
                listeners.append(
                        listener(
                                group.name(),
                                hosts(group),
                                group.section("envoy http"),
                                group.section("envoy route_config")));
            } else {
                shared.append(hosts(group));
            }
            clusters.append(group.section("envoy clusters"));
        }
        listeners.append(listener("http", shared.toString(), "", ""));
        envoy =
                Envoy.start(
                        "static_resources:\n  listeners:\n%s  clusters:\n%s"
                                .formatted(
                                        listeners.toString().indent(2),
                                        upstreams.ports(clusters.toString()).indent(2)));
    }

    int port(String listener) {
        return ports.get(listener);
    }

    private static String hosts(Group group) {
        String host =
                "- name: %s\n  domains: [%s]\n%s  routes:\n%s"
                        .formatted(
                                group.name(),
                                group.host(),
                                group.section("envoy host").indent(2),
                                group.section("envoy routes").indent(2));
        boolean plain = group.section("envoy routes").isBlank();
        return (plain ? "" : host) + group.section("envoy hosts");
    }

    private String listener(String name, String hosts, String http, String routes) {
        int port = Ports.free();
        ports.put(name, port);
        StringBuilder fields = new StringBuilder(http);
        for (String line : HTTP.lines().toList()) {
            String field = line.substring(0, line.indexOf(':') + 1);
            if (http.lines().noneMatch(own -> own.startsWith(field))) {
                fields.append(line).append('\n');
            }
        }
        return """
        - name: %s
          address: {socket_address: {address: 127.0.0.1, port_value: %d}}
          filter_chains:
          - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: %s
        %s        route_config:
                  name: %s
        %s          virtual_hosts:
        %s"""
                .formatted(
                        name,
                        port,
                        name,
                        fields.toString().indent(8),
                        name,
                        routes.indent(10),
                        hosts.indent(10));
    }

    private static String cluster(String name, String port) {
        return "- {name: %s, load_assignment: {cluster_name: %s, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %s}}}}]}]}}\n"
                .formatted(name, name, port);
    }

    @Override
    public void close() {
        envoy.close();
    }
}
