package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.wick.e2e.harness.Envoy;
import dev.wick.e2e.twin.Twins;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * The same requests to a real Envoy and to Wick, configured alike: clients and upstreams see the
 * same, in the same order. The cases are the files in {@code src/test/resources/dev/wick/e2e/twin};
 * {@code -Dtwin=NAME,NAME} runs those of some.
 */
class EnvoyTwinTest {

    @AutoClose private static Twins twins;

    @BeforeAll
    static void start() {
        Envoy.require();
        twins = Twins.start(System.getProperty("twin", ""));
    }

    @TestFactory
    Stream<DynamicNode> client_and_upstream_see_what_envoy_would_show_them() {
        return twins.groups().stream()
                .map(
                        group ->
                                dynamicContainer(
                                        group,
                                        twins.cases(group).stream()
                                                .map(
                                                        one ->
                                                                dynamicTest(
                                                                        one,
                                                                        () -> same(group, one)))));
    }

    private static void same(String group, String one) {
        Twins.Seen seen = twins.hold(group, one);
        if (seen.differs().isEmpty()) {
            assertEquals(seen.envoy(), seen.wick(), group + ": " + one);
        } else {
            assertNotEquals(
                    seen.envoy(),
                    seen.wick(),
                    group + ": " + one + ": the same now, so it is no difference any more");
        }
    }
}
