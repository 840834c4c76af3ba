package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Envoy;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hosts that are asked over HTTP/2: by grpc-java's own health service, or for a page. */
class GrpcHealthTest {

    private static final HealthStatusManager HEALTH = new HealthStatusManager();

    private static Server serving;

    /** Has no health service. */
    private static Server bare;

    @BeforeAll
    static void start() throws IOException {
        serving = server(HEALTH.getHealthService());
        bare = server(null);
    }

    @AfterAll
    static void stop() {
        serving.shutdownNow();
        bare.shutdownNow();
    }

    private static Server server(BindableService service) throws IOException {
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return (service == null ? builder : builder.addService(service)).build().start();
    }

    @Test
    void a_host_gets_requests_while_its_service_says_that_it_serves() {
        HEALTH.setStatus("shop", ServingStatus.SERVING);
        StoreApi api = Store.shared().gateway("grpc-health");
        api.apply(
                Documents.listener()
                        + Documents.host("g", "g.test", "g")
                        + cluster(
                                "g", serving.getPort(), "{serviceName: shop, authority: a.test}"));
        try (Gateway gateway = Gateway.start(Store.shared(), "grpc-health")) {
            ManagedChannel channel =
                    NettyChannelBuilder.forAddress("127.0.0.1", gateway.port())
                            .overrideAuthority("g.test")
                            .usePlaintext()
                            .build();
            HealthGrpc.HealthBlockingStub stub = HealthGrpc.newBlockingStub(channel);
            HealthCheckRequest request = HealthCheckRequest.newBuilder().setService("shop").build();
            assertEquals(ServingStatus.SERVING, stub.check(request).getStatus());

            HEALTH.setStatus("shop", ServingStatus.NOT_SERVING);
            await().until(() -> gateway.get("g.test", "/").text().equals("no healthy upstream"));

            HEALTH.setStatus("shop", ServingStatus.SERVING);
            await().untilAsserted(
                            () ->
                                    assertEquals(
                                            ServingStatus.SERVING,
                                            stub.check(request).getStatus()));
            channel.shutdownNow();
        }
    }

    @Test
    void a_page_may_be_asked_for_by_http2_and_by_http1_at_once() {
        StoreApi api = Store.shared().gateway("http2-health");
        try (Gateway gateway = start(api)) {
            api.apply(
                    Documents.saying("page", "page.test", "well")
                            + """
                            kind: VirtualHost
                            name: p
                            domains: [p.test]
                            routes:
                              - match: {path: {prefix: /}}
                                route: {cluster: p, hostRewriteLiteral: page.test}
                            ---
                            kind: Cluster
                            name: p
                            endpoints: [{address: 127.0.0.1, port: %d}]
                            commonLbConfig: {healthyPanicThreshold: 0}
                            healthChecks:
                              - timeout: 5s
                                interval: 50ms
                                unhealthyThreshold: 1
                                healthyThreshold: 1
                                httpHealthCheck: {path: /, host: page.test, codecClientType: HTTP2}
                              - timeout: 5s
                                interval: 50ms
                                noTrafficInterval: 50ms
                                unhealthyThreshold: 1
                                healthyThreshold: 1
                                reuseConnection: false
                                httpHealthCheck: {path: /, host: page.test, codecClientType: HTTP2}
                              - timeout: 5s
                                interval: 50ms
                                unhealthyThreshold: 1
                                healthyThreshold: 1
                                httpHealthCheck: {path: /, host: page.test}
                            """
                                    .formatted(gateway.port()));
            Reply reply = gateway.get("p.test", "/");
            assertEquals("200 well", reply.status() + " " + reply.text());
            await().until(() -> gateway.accessLog().toString().contains("\"GET / HTTP/2\" 200"));

            api.apply(Documents.saying("page", "other.test", "well"));

            await().until(() -> gateway.get("p.test", "/").text().equals("no healthy upstream"));
            String stats = gateway.admin("GET", "/stats").text();
            assertTrue(stats.contains("cluster.p.health_check.healthy: 0"), stats);
        }
    }

    private static Gateway start(StoreApi api) {
        api.apply(Documents.listener());
        return Gateway.start(Store.shared(), "http2-health");
    }

    @Test
    void hosts_are_as_well_as_envoy_finds_them() {
        Envoy.require();
        HEALTH.setStatus("well", ServingStatus.SERVING);
        HEALTH.setStatus("ill", ServingStatus.NOT_SERVING);
        Map<String, Integer> services = new TreeMap<>();
        services.put("well", serving.getPort());
        services.put("ill", serving.getPort());
        services.put("unknown", serving.getPort());
        services.put("unimplemented", bare.getPort());
        StringBuilder clusters = new StringBuilder();
        StringBuilder documents = new StringBuilder(Documents.listener());
        services.forEach(
                (name, port) -> {
                    clusters.append(ENVOY.formatted(name, name, name, port));
                    documents.append(Documents.host(name, name + ".test", name));
                    documents.append(cluster(name, port, "{serviceName: " + name + "}"));
                });
        Store.shared().gateway("grpc-twin").apply(documents.toString());
        try (Envoy envoy =
                        Envoy.start(LISTENER.formatted(Ports.free()) + "  clusters:\n" + clusters);
                Gateway wick = Gateway.start(Store.shared(), "grpc-twin")) {
            services.keySet().forEach(name -> wick.get(name + ".test", "/"));
            Map<String, String> ofWick =
                    settled(() -> flags(wick.admin("GET", "/clusters").text()));
            Map<String, String> ofEnvoy = settled(() -> flags(envoy.admin("/clusters").text()));
            assertEquals(ofEnvoy, ofWick);
            assertEquals("healthy", ofWick.get("well"));
        }
    }

    /** Once all hosts have been asked. */
    private static Map<String, String> settled(Supplier<Map<String, String>> flags) {
        await().until(() -> flags.get().size() == 4 && !flags.get().toString().contains("pending"));
        return flags.get();
    }

    private static Map<String, String> flags(String lines) {
        Map<String, String> flags = new TreeMap<>();
        for (String line : lines.lines().toList()) {
            List<String> parts = List.of(line.split("::"));
            if (parts.size() == 4 && parts.get(2).equals("health_flags")) {
                flags.put(parts.getFirst(), parts.getLast());
            }
        }
        return flags;
    }

    private static String cluster(String name, int port, String check) {
        return """
        kind: Cluster
        name: %s
        endpoints: [{address: 127.0.0.1, port: %d}]
        explicitHttpConfig: {http2ProtocolOptions: {}}
        commonLbConfig: {healthyPanicThreshold: 0}
        healthChecks:
          - timeout: 5s
            interval: 50ms
            noTrafficInterval: 50ms
            unhealthyThreshold: 3
            healthyThreshold: 1
            grpcHealthCheck: %s
        ---
        """
                .formatted(name, port, check);
    }

    private static final String LISTENER =
            """
            static_resources:
              listeners:
              - name: none
                address: {socket_address: {address: 127.0.0.1, port_value: %d}}
                filter_chains:
                - filters:
                  - name: envoy.filters.network.tcp_proxy
                    typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy, stat_prefix: t, cluster: well}
            """;

    private static final String ENVOY =
            """
              - name: %s
                health_checks: [{timeout: 5s, interval: 0.05s, no_traffic_interval: 0.05s, unhealthy_threshold: 3, healthy_threshold: 1, grpc_health_check: {service_name: %s}}]
                typed_extension_protocol_options: {envoy.extensions.upstreams.http.v3.HttpProtocolOptions: {"@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions, explicit_http_config: {http2_protocol_options: {}}}}
                load_assignment: {cluster_name: %s, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}]}]}
            """;
}
