package dev.wick.gateway.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.wick.gateway.balance.LbPolicy;
import dev.wick.gateway.upstream.ClusterSettings;
import dev.wick.model.CircuitBreakers;
import dev.wick.model.Cluster;
import dev.wick.model.Endpoint;
import dev.wick.model.HealthChecking;
import dev.wick.model.LoadBalancing;
import dev.wick.model.Problem;
import dev.wick.model.UpstreamProtocol;
import dev.wick.model.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompilerTest {

    @Test
    void aClusterKeepsAllThatItSays() {
        Cluster cluster =
                new Cluster(
                        "c",
                        List.of(new Endpoint("a.test", 80)),
                        new LoadBalancing(LoadBalancing.Policy.LEAST_REQUEST),
                        Duration.ofMillis(250),
                        UpstreamProtocol.DEFAULT,
                        CircuitBreakers.DEFAULT,
                        HealthChecking.DEFAULT);

        ClusterSettings settings = Compiler.cluster(cluster).value();

        assertEquals("c", settings.name());
        assertEquals("a.test:80", settings.endpoints().get(0).toString());
        assertEquals(LbPolicy.LEAST_REQUEST, settings.balancing().policy());
        assertEquals(250, settings.connectTimeoutMillis());
    }

    @Test
    void anInternationalNameOfAnEndpointIsInAsciiWhereItMayBeSent() {
        Cluster cluster =
                new Cluster(
                        "c",
                        List.of(new Endpoint("x\u010d\u010ay.test", 80)),
                        LoadBalancing.DEFAULT,
                        Duration.ofMillis(250),
                        UpstreamProtocol.DEFAULT,
                        CircuitBreakers.DEFAULT,
                        HealthChecking.DEFAULT);

        ClusterSettings settings = Compiler.cluster(cluster).value();

        assertEquals("xn--xy-7lah.test:80", settings.endpoints().get(0).toString());
    }

    @Test
    void aNameThatIsNotAnsweredForRestsTenTimesAsLongAsAtFirstAtMost() {
        String json =
                "{\"kind\":\"Cluster\",\"name\":\"c\",\"dnsFailureRefreshRate\":{\"baseInterval\":\"2s\"}}";
        Cluster cluster = (Cluster) Json.read(json.getBytes(StandardCharsets.UTF_8));

        ClusterSettings settings = Compiler.cluster(cluster).value();

        assertEquals(2_000, settings.dns().failureBaseMillis());
        assertEquals(20_000, settings.dns().failureMostMillis());
    }

    @Test
    void aClusterThatCannotRunIsRefusedWithAllThatIsWrong() {
        Cluster cluster =
                new Cluster(
                        "c",
                        List.of(new Endpoint("a.test", 80), new Endpoint("b.test", 65_536)),
                        LoadBalancing.DEFAULT,
                        Duration.ZERO,
                        UpstreamProtocol.DEFAULT,
                        CircuitBreakers.DEFAULT,
                        HealthChecking.DEFAULT);

        Built<ClusterSettings> built = Compiler.cluster(cluster);

        assertNull(built.value());
        assertEquals(
                List.of(
                        new Problem("Cluster/c", "endpoints[1].port", "65536", "1-65535"),
                        new Problem("Cluster/c", "connectTimeout", "PT0S", "1ms or more")),
                built.problems());
    }

    @Test
    void aDocumentOfAnotherKindIsRefused() {
        var document =
                Json.read(
                        "{\"kind\":\"Listener\",\"name\":\"l\",\"port\":80}"
                                .getBytes(StandardCharsets.UTF_8));

        assertEquals(
                new Problem("Listener/l", "kind", "Listener", "VirtualHost"),
                Compiler.routes(document).problems().get(0));
    }
}
