package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Envoy;
import dev.wick.e2e.harness.Exchange;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * To which hosts a request goes that is sent again: by a real Envoy and by Wick, with the same
 * policies and the same hosts, none of which ever answers anything but 503.
 */
class RetryHostsTest {

    private static final StoreApi STORE = Store.shared().gateway("retry-hosts");
    private static final Map<String, StringBuffer> TRIES = new ConcurrentHashMap<>();

    @AutoClose private static final Upstream A = failing('a');
    @AutoClose private static final Upstream B = failing('b');
    @AutoClose private static final Upstream C = failing('c');
    @AutoClose private static final Upstream D = failing('d');

    @AutoClose private static Envoy envoy;
    @AutoClose private static Gateway gateway;
    private static int envoyPort;

    private static Upstream failing(char name) {
        return Upstream.answering(exchange -> fail(name, exchange));
    }

    private static void fail(char name, Exchange exchange) throws IOException {
        String id = exchange.request().field("x-id");
        TRIES.computeIfAbsent(id, made -> new StringBuffer()).append(name);
        exchange.reply(503, "no");
    }

    private static String ports(String text) {
        return text.replace("@a", "" + A.port())
                .replace("@b", "" + B.port())
                .replace("@c", "" + C.port())
                .replace("@d", "" + D.port());
    }

    @BeforeAll
    static void start() {
        Envoy.require();
        envoyPort = Ports.free();
        envoy =
                Envoy.start(
                        ports(
                                """
                                static_resources:
                                  listeners:
                                  - name: http
                                    address: {socket_address: {address: 127.0.0.1, port_value: @port}}
                                    filter_chains:
                                    - filters:
                                      - name: envoy.filters.network.http_connection_manager
                                        typed_config:
                                          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                                          stat_prefix: http
                                          http_filters:
                                          - name: envoy.filters.http.stateful_session
                                            typed_config:
                                              "@type": type.googleapis.com/envoy.extensions.filters.http.stateful_session.v3.StatefulSession
                                              session_state:
                                                name: envoy.http.stateful_session.header
                                                typed_config: {"@type": type.googleapis.com/envoy.extensions.http.stateful_session.header.v3.HeaderBasedSessionState, name: x-session}
                                          - name: envoy.filters.http.router
                                            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                                          route_config:
                                            virtual_hosts:
                                            - name: x
                                              domains: ["*"]
                                              routes:
                                              - {match: {prefix: /any}, route: {cluster: ring, hash_policy: [{header: {header_name: x-key}}], retry_policy: {retry_on: 5xx, num_retries: 3, retry_back_off: {base_interval: 0.001s}}}}
                                              - {match: {prefix: /previous-many}, route: {cluster: ring, hash_policy: [{header: {header_name: x-key}}], retry_policy: {retry_on: 5xx, num_retries: 4, retry_back_off: {base_interval: 0.001s}, host_selection_retry_max_attempts: 50, retry_host_predicate: [@previous]}}}
                                              - {match: {prefix: /previous}, route: {cluster: ring, hash_policy: [{header: {header_name: x-key}}], retry_policy: {retry_on: 5xx, num_retries: 3, retry_back_off: {base_interval: 0.001s}, retry_host_predicate: [@previous]}}}
                                              - {match: {prefix: /canary}, route: {cluster: ring, hash_policy: [{header: {header_name: x-key}}], retry_policy: {retry_on: 5xx, num_retries: 2, retry_back_off: {base_interval: 0.001s}, host_selection_retry_max_attempts: 50, retry_host_predicate: [{name: envoy.retry_host_predicates.omit_canary_hosts, typed_config: {"@type": type.googleapis.com/envoy.extensions.retry.host.omit_canary_hosts.v3.OmitCanaryHostsPredicate}}]}}}
                                              - {match: {prefix: /metadata}, route: {cluster: ring, hash_policy: [{header: {header_name: x-key}}], retry_policy: {retry_on: 5xx, num_retries: 2, retry_back_off: {base_interval: 0.001s}, host_selection_retry_max_attempts: 50, retry_host_predicate: [@previous, {name: envoy.retry_host_predicates.omit_host_metadata, typed_config: {"@type": type.googleapis.com/envoy.extensions.retry.host.omit_host_metadata.v3.OmitHostMetadataConfig, metadata_match: {filter_metadata: {envoy.lb: {stage: old, age: 3}}}}}]}}}
                                              - {match: {prefix: /maglev}, route: {cluster: maglev, hash_policy: [{header: {header_name: x-key}}], retry_policy: {retry_on: 5xx, num_retries: 4, retry_back_off: {base_interval: 0.001s}, host_selection_retry_max_attempts: 50, retry_host_predicate: [@previous]}}}
                                              - {match: {prefix: /priority-each}, route: {cluster: priorities, retry_policy: {retry_on: 5xx, num_retries: 6, retry_back_off: {base_interval: 0.001s}, retry_priority: @priorities1}}}
                                              - {match: {prefix: /priority-two}, route: {cluster: priorities, retry_policy: {retry_on: 5xx, num_retries: 7, retry_back_off: {base_interval: 0.001s}, retry_priority: @priorities2}}}
                                              - {match: {prefix: /priority-none}, route: {cluster: priorities, retry_policy: {retry_on: 5xx, num_retries: 2, retry_back_off: {base_interval: 0.001s}}}}
                                              - {match: {prefix: /priority-hashed}, route: {cluster: hashed-priorities, hash_policy: [{header: {header_name: x-key}}], retry_policy: {retry_on: 5xx, num_retries: 2, retry_back_off: {base_interval: 0.001s}, retry_priority: @priorities1}}}
                                              - {match: {prefix: /turns}, route: {cluster: turns, retry_policy: {retry_on: 5xx, num_retries: 3, retry_back_off: {base_interval: 0.001s}, host_selection_retry_max_attempts: 50, retry_host_predicate: [@previous]}}}
                                  clusters:
                                  - {name: ring, lb_policy: RING_HASH, load_assignment: {cluster_name: ring, endpoints: [{lb_endpoints: [@ea, @eb, @ec, @ed]}]}}
                                  - {name: maglev, lb_policy: MAGLEV, load_assignment: {cluster_name: maglev, endpoints: [{lb_endpoints: [@ea, @eb, @ec, @ed]}]}}
                                  - {name: turns, load_assignment: {cluster_name: turns, endpoints: [{lb_endpoints: [@ea, @eb, @ec, @ed]}]}}
                                  - {name: priorities, load_assignment: {cluster_name: priorities, endpoints: [{lb_endpoints: [@ea]}, {priority: 1, lb_endpoints: [@eb]}, {priority: 2, lb_endpoints: [@ec]}]}}
                                  - {name: hashed-priorities, lb_policy: RING_HASH, load_assignment: {cluster_name: hashed-priorities, endpoints: [{lb_endpoints: [@ea]}, {priority: 1, lb_endpoints: [@eb]}]}}
                                """
                                        .replace("@port", "" + envoyPort)
                                        .replace("@priorities1", priorities(1))
                                        .replace("@priorities2", priorities(2))
                                        .replace(
                                                "@previous",
                                                "{name: envoy.retry_host_predicates.previous_hosts, typed_config: {\"@type\": type.googleapis.com/envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate}}")
                                        .replace("@ea", endpoint("@a", "{}"))
                                        .replace("@eb", endpoint("@b", "{stage: old}"))
                                        .replace("@ec", endpoint("@c", "{stage: old, age: 3}"))
                                        .replace("@ed", endpoint("@d", "{canary: true}"))));
        STORE.apply(
                ports(
                        Documents.listener()
                                + """
                                kind: VirtualHost
                                name: x
                                domains: ["*"]
                                routes:
                                  - {match: {path: {prefix: /any}}, route: {cluster: ring, hashPolicy: [{header: {headerName: x-key}}], statefulSession: {header: {name: x-session}}, retryPolicy: {retryOn: 5xx, numRetries: 3, retryBackOff: {baseInterval: 1ms}}}}
                                  - {match: {path: {prefix: /previous-many}}, route: {cluster: ring, hashPolicy: [{header: {headerName: x-key}}], statefulSession: {header: {name: x-session}}, retryPolicy: {retryOn: 5xx, numRetries: 4, retryBackOff: {baseInterval: 1ms}, hostSelectionRetryMaxAttempts: 50, retryHostPredicate: [{previousHosts: {}}]}}}
                                  - {match: {path: {prefix: /previous}}, route: {cluster: ring, hashPolicy: [{header: {headerName: x-key}}], retryPolicy: {retryOn: 5xx, numRetries: 3, retryBackOff: {baseInterval: 1ms}, retryHostPredicate: [{previousHosts: {}}]}}}
                                  - {match: {path: {prefix: /canary}}, route: {cluster: ring, hashPolicy: [{header: {headerName: x-key}}], retryPolicy: {retryOn: 5xx, numRetries: 2, retryBackOff: {baseInterval: 1ms}, hostSelectionRetryMaxAttempts: 50, retryHostPredicate: [{omitCanaryHosts: {}}]}}}
                                  - {match: {path: {prefix: /metadata}}, route: {cluster: ring, hashPolicy: [{header: {headerName: x-key}}], retryPolicy: {retryOn: 5xx, numRetries: 2, retryBackOff: {baseInterval: 1ms}, hostSelectionRetryMaxAttempts: 50, retryHostPredicate: [{previousHosts: {}}, {omitHostMetadata: {metadataMatch: {envoy.lb: {stage: old, age: 3}}}}]}}}
                                  - {match: {path: {prefix: /maglev}}, route: {cluster: maglev, hashPolicy: [{header: {headerName: x-key}}], retryPolicy: {retryOn: 5xx, numRetries: 4, retryBackOff: {baseInterval: 1ms}, hostSelectionRetryMaxAttempts: 50, retryHostPredicate: [{previousHosts: {}}]}}}
                                  - {match: {path: {prefix: /priority-each}}, route: {cluster: priorities, retryPolicy: {retryOn: 5xx, numRetries: 6, retryBackOff: {baseInterval: 1ms}, retryPriority: {previousPriorities: {updateFrequency: 1}}}}}
                                  - {match: {path: {prefix: /priority-two}}, route: {cluster: priorities, retryPolicy: {retryOn: 5xx, numRetries: 7, retryBackOff: {baseInterval: 1ms}, retryPriority: {previousPriorities: {updateFrequency: 2}}}}}
                                  - {match: {path: {prefix: /priority-none}}, route: {cluster: priorities, retryPolicy: {retryOn: 5xx, numRetries: 2, retryBackOff: {baseInterval: 1ms}}}}
                                  - {match: {path: {prefix: /priority-hashed}}, route: {cluster: hashed-priorities, hashPolicy: [{header: {headerName: x-key}}], retryPolicy: {retryOn: 5xx, numRetries: 2, retryBackOff: {baseInterval: 1ms}, retryPriority: {previousPriorities: {updateFrequency: 1}}}}}
                                  - {match: {path: {prefix: /turns}}, route: {cluster: turns, retryPolicy: {retryOn: 5xx, numRetries: 3, retryBackOff: {baseInterval: 1ms}, hostSelectionRetryMaxAttempts: 50, retryHostPredicate: [{previousHosts: {}}]}}}
                                ---
                                {kind: Cluster, name: ring, type: STATIC, lbPolicy: RING_HASH, endpoints: [@e]}
                                ---
                                {kind: Cluster, name: maglev, type: STATIC, lbPolicy: MAGLEV, endpoints: [@e]}
                                ---
                                {kind: Cluster, name: turns, type: STATIC, endpoints: [@e]}
                                ---
                                kind: Cluster
                                name: priorities
                                endpoints: [{address: 127.0.0.1, port: @a}, {address: 127.0.0.1, port: @b, priority: 1}, {address: 127.0.0.1, port: @c, priority: 2}]
                                ---
                                kind: Cluster
                                name: hashed-priorities
                                lbPolicy: RING_HASH
                                endpoints: [{address: 127.0.0.1, port: @a}, {address: 127.0.0.1, port: @b, priority: 1}]
                                ---
                                """
                                        .replace(
                                                "@e",
                                                "{address: 127.0.0.1, port: @a},"
                                                        + " {address: 127.0.0.1, port: @b, metadata: {envoy.lb: {stage: old}}},"
                                                        + " {address: 127.0.0.1, port: @c, metadata: {envoy.lb: {stage: old, age: 3}}},"
                                                        + " {address: 127.0.0.1, port: @d, metadata: {envoy.lb: {canary: true}}}")));
        gateway = Gateway.start(Store.shared(), "retry-hosts");
    }

    private static String priorities(int frequency) {
        return "{name: envoy.retry_priorities.previous_priorities, typed_config: {\"@type\": type.googleapis.com/envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig, update_frequency: "
                + frequency
                + "}}";
    }

    private static String endpoint(String port, String metadata) {
        return "{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: "
                + port
                + "}}}, metadata: {filter_metadata: {envoy.lb: "
                + metadata
                + "}}}";
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "/any",
                "/previous",
                "/previous-many",
                "/canary",
                "/metadata",
                "/maglev",
                "/priority-each",
                "/priority-two",
                "/priority-none",
                "/priority-hashed"
            })
    void hosts_are_tried_in_the_order_in_which_envoy_would_try_them(String path) {
        for (int key = 0; key < 12; key++) {
            String header = "x-key: " + key;
            assertEquals(tried(envoyPort, path, header), tried(gateway.port(), path, header));
        }
    }

    @Test
    void what_is_tried_again_goes_elsewhere_where_the_policy_says_so() {
        Set<String> hosts = new HashSet<>();
        for (int key = 0; key < 12; key++) {
            String all = tried(gateway.port(), "/previous-many", "x-key: " + key);
            assertEquals(4, all.substring(0, 4).chars().distinct().count(), all);
            hosts.add(all.substring(0, 1));
            String same = tried(gateway.port(), "/any", "x-key: " + key);
            assertEquals(1, same.chars().distinct().count(), same);
            String without = tried(gateway.port(), "/canary", "x-key: " + key).substring(1);
            assertEquals(-1, without.indexOf('d'), without);
        }
        assertTrue(hosts.size() > 1, hosts::toString);
        assertEquals("abcabca", tried(gateway.port(), "/priority-each", "x-key: 1"));
    }

    @Test
    void turns_are_passed_over_too() {
        for (int port : new int[] {envoyPort, gateway.port()}) {
            String tries = tried(port, "/turns", "x-key: 1");
            assertEquals(4, tries.chars().distinct().count(), tries);
        }
    }

    @Test
    void a_session_binds_the_first_try_only() {
        for (int port : new int[] {envoyPort, gateway.port()}) {
            for (Upstream host : List.of(A, B, C, D)) {
                String session =
                        java.util.Base64.getEncoder()
                                .encodeToString(("127.0.0.1:" + host.port()).getBytes());
                String tries = tried(port, "/any", "x-key: 1", "x-session: " + session);
                String usual = tried(port, "/any", "x-key: 1");
                char bound = "abcd".charAt(List.of(A, B, C, D).indexOf(host));
                assertEquals(bound + usual.substring(1), tries);
                assertNotEquals("", usual);
            }
        }
    }

    /** The names of the hosts that a request came to, one after the other. */
    private static String tried(int port, String path, String... fields) {
        String id = port + path + String.join(",", fields);
        String[] all = java.util.Arrays.copyOf(fields, fields.length + 1);
        all[fields.length] = "x-id: " + id;
        TRIES.remove(id);
        Http1.get(port, "x.test", path, all);
        return TRIES.get(id).toString();
    }
}
