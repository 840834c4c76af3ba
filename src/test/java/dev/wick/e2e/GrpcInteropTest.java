package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.e2e.harness.Child;
import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Folder;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * gRPC's own conformance client and server (grpc-java's), with the gateway between them: every case
 * that needs no credentials of a cloud. Of client_compressed_unary and client_compressed_streaming
 * that is the form without a probe: the probe is a message that says it is compressed and is not,
 * which a server should refuse; grpc-java's does not look (its TestServiceImpl never reads
 * expect_compressed), with or without a gateway before it.
 */
class GrpcInteropTest {

    private static final StoreApi STORE = Store.shared().gateway("grpc");

    /** Has the client ask for hosts' loads, which it looks at in the orca cases. */
    private static final String LOADS =
            "--service_config_json={\"loadBalancingConfig\":"
                    + "[{\"test_backend_metrics_load_balancer\":{}}]}";

    private static final String PACKAGE = "io.grpc.testing.integration.";

    @AutoClose private static Gateway gateway;
    @AutoClose private static final Folder FOLDER = Folder.temporary("grpc");
    private static Child server;

    @BeforeAll
    static void start() {
        int port = Ports.free();
        server = java("TestServiceServer", List.of("--port=" + port, "--use_tls=false"));
        server.awaitLine("its start", line -> line.contains("started on port"));
        STORE.apply(
                Documents.listener()
                        + """
                        kind: VirtualHost
                        name: grpc
                        domains: ["*"]
                        routes:
                          - match: {path: {prefix: /}}
                            route: {cluster: grpc, timeout: 0s}
                        ---
                        kind: Cluster
                        name: grpc
                        endpoints: [{address: 127.0.0.1, port: %d}]
                        explicitHttpConfig: {http2ProtocolOptions: {}}
                        """
                                .formatted(port));
        gateway = Gateway.start(Store.shared(), "grpc");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "empty_unary",
                "large_unary",
                "client_compressed_unary_noprobe",
                "server_compressed_unary",
                "client_streaming",
                "server_streaming",
                "client_compressed_streaming_noprobe",
                "server_compressed_streaming",
                "ping_pong",
                "empty_stream",
                "custom_metadata",
                "status_code_and_message",
                "special_status_message",
                "unimplemented_method",
                "unimplemented_service",
                "cancel_after_begin",
                "cancel_after_first_response",
                "timeout_on_sleeping_server",
                "very_large_request",
                "pick_first_unary",
                "rpc_soak",
                "channel_soak",
                "orca_per_rpc",
                "orca_oob"
            })
    void holds(String testCase) {
        try (Child client =
                java(
                        "TestServiceClient",
                        List.of(
                                "--server_host=127.0.0.1",
                                "--server_port=" + gateway.port(),
                                "--use_tls=false",
                                "--soak_iterations=20",
                                "--soak_overall_timeout_seconds=20",
                                testCase.startsWith("orca") ? LOADS : "--num_times=1",
                                "--test_case=" + testCase))) {
            assertEquals(0, client.awaitEnd(), client.output() + "\n" + gateway.accessLog());
        }
    }

    private static Child java(String main, List<String> arguments) {
        String classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp", classPath));
        command.add(PACKAGE + main);
        command.addAll(arguments);
        return Child.start(main, command, Map.of(), FOLDER.path());
    }
}
