package dev.wick.gateway.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Counting, and how it is printed. */
class MetricsTest {

    private static String prometheus(MetricSet... sets) throws Exception {
        Metrics metrics = new Metrics();
        metrics.gauge("server.live", "1 while it serves", () -> 1);
        metrics.register(ClusterMetrics.GROUP, () -> List.of(sets));
        StringBuilder text = new StringBuilder();
        metrics.prometheus(text);
        return text.toString();
    }

    @Test
    void stripesAddUp() {
        MetricSet set = ClusterMetrics.of("a", 3);
        set.count(0, ClusterMetrics.RQ_TOTAL);
        set.count(2, ClusterMetrics.RQ_TOTAL, 4);
        set.add(1, ClusterMetrics.RQ_ACTIVE, 2);
        set.add(2, ClusterMetrics.RQ_ACTIVE, -1);
        assertEquals(5, set.value(ClusterMetrics.RQ_TOTAL));
        assertEquals(1, set.value(ClusterMetrics.RQ_ACTIVE));
        assertEquals(0, set.value(ClusterMetrics.CX_TOTAL));
    }

    @Test
    void familiesCarryEnvoysNamesAndLabels() throws Exception {
        MetricSet set = ClusterMetrics.of("hello", 1);
        set.count(0, ClusterMetrics.RQ_TOTAL);
        set.count(0, ClusterMetrics.RQ_XX, 204);
        set.count(0, ClusterMetrics.RQ_XX, 999);
        String text = prometheus(set);
        assertTrue(
                text.contains(
                        "# TYPE envoy_cluster_upstream_rq_total counter\n"
                                + "envoy_cluster_upstream_rq_total{envoy_cluster_name=\"hello\"} 1\n"),
                text);
        assertTrue(
                text.contains(
                        "\nenvoy_cluster_upstream_rq_xx{envoy_response_code_class=\"2\","
                                + "envoy_cluster_name=\"hello\"} 1\n"),
                text);
        assertTrue(text.contains("\nenvoy_server_live{} 1\n"), text);
        assertTrue(text.contains("# TYPE envoy_cluster_upstream_rq_active gauge\n"), text);
    }

    @Test
    void histogramsAreCumulative() throws Exception {
        MetricSet set = ClusterMetrics.of("h", 1);
        set.record(0, ClusterMetrics.RQ_TIME, 0);
        set.record(0, ClusterMetrics.RQ_TIME, 7);
        set.record(0, ClusterMetrics.RQ_TIME, 10);
        set.record(0, ClusterMetrics.RQ_TIME, 99_999_999);
        String text = prometheus(set);
        String name = "\nenvoy_cluster_upstream_rq_time";
        assertTrue(text.contains(name + "_bucket{envoy_cluster_name=\"h\",le=\"0.5\"} 1\n"), text);
        assertTrue(text.contains(name + "_bucket{envoy_cluster_name=\"h\",le=\"5\"} 1\n"), text);
        assertTrue(text.contains(name + "_bucket{envoy_cluster_name=\"h\",le=\"10\"} 3\n"), text);
        assertTrue(text.contains(name + "_bucket{envoy_cluster_name=\"h\",le=\"+Inf\"} 4\n"), text);
        assertTrue(text.contains(name + "_sum{envoy_cluster_name=\"h\"} 100000016\n"), text);
        assertTrue(text.contains(name + "_count{envoy_cluster_name=\"h\"} 4\n"), text);
    }

    @Test
    void eachFamilyHasOneHeadHoweverManyMembers() throws Exception {
        String text = prometheus(ClusterMetrics.of("a", 1), ClusterMetrics.of("b\"\\\n", 1));
        String type = "# TYPE envoy_cluster_upstream_rq_total counter\n";
        assertEquals(text.indexOf(type), text.lastIndexOf(type));
        assertTrue(text.contains("{envoy_cluster_name=\"b\\\"\\\\\\n\"} 0\n"), text);
    }

    @Test
    void statusesAreThereOnceTheyCame() throws Exception {
        MetricSet set = ClusterMetrics.of("s", 3);
        for (int status = 200; status < 210; status++) {
            for (int i = 200; i <= status; i++) {
                set.count(status % 2 == 0 ? 0 : 2, ClusterMetrics.RQ_CODES, status);
            }
        }
        set.count(1, ClusterMetrics.RQ_CODES, 209);
        set.count(1, ClusterMetrics.RQ_CODES, 600);
        set.count(2, ClusterMetrics.RQ_CODES, 999);
        set.count(1, ClusterMetrics.RETRY_RQ_CODES, 503);
        StringBuilder lines = new StringBuilder("\n");
        Metrics metrics = new Metrics();
        metrics.register(ClusterMetrics.GROUP, () -> List.of(set));
        metrics.lines(lines);
        for (int status = 200; status < 209; status++) {
            String line = "\ncluster.s.upstream_rq_" + status + ": " + (status - 199) + "\n";
            assertTrue(lines.indexOf(line) >= 0, line + lines);
        }
        assertTrue(lines.indexOf("\ncluster.s.upstream_rq_209: 11\n") >= 0, lines.toString());
        assertTrue(lines.indexOf("\ncluster.s.retry.upstream_rq_503: 1\n") >= 0);
        assertEquals(-1, lines.indexOf("upstream_rq_404"));
        assertEquals(-1, lines.indexOf("upstream_rq_999"));
        assertTrue(lines.indexOf("\ncluster.s.upstream_rq_unknown: 2\n") >= 0, lines.toString());
        assertTrue(
                prometheus(set)
                        .contains(
                                "# TYPE envoy_cluster_upstream_rq_unknown counter\n"
                                        + "envoy_cluster_upstream_rq_unknown{envoy_cluster_name=\"s\"} 2\n"));
        assertEquals(-1, prometheus(set).indexOf("envoy_response_code=\"0\""));
        assertTrue(
                prometheus(set)
                        .contains(
                                "# TYPE envoy_cluster_upstream_rq counter\n"
                                        + "envoy_cluster_upstream_rq{envoy_response_code=\"200\","
                                        + "envoy_cluster_name=\"s\"} 1\n"));
    }

    @Test
    void linesAreEnvoysDottedNames() throws Exception {
        Metrics metrics = new Metrics();
        MetricSet set = ClusterMetrics.of("a:1", 1);
        set.count(0, ClusterMetrics.RQ_XX, 503);
        set.record(0, ClusterMetrics.RQ_TIME, 3);
        metrics.register(ClusterMetrics.GROUP, () -> List.of(set));
        StringBuilder text = new StringBuilder();
        metrics.lines(text);
        assertTrue(text.indexOf("\ncluster.a_1.upstream_rq_5xx: 1\n") > 0, text.toString());
        assertTrue(
                text.indexOf("\ncluster.a_1.upstream_rq_time: P0(nan,5) P25(nan,5) ") > 0,
                text.toString());
        assertTrue(
                text.indexOf("\ncluster.a_1.upstream_cx_length_ms: No recorded values\n") > 0,
                text.toString());
    }

    @Test
    void whatIsCountedOfVirtualClustersGoesWithTheirHost() {
        VirtualClusterMetrics all = new VirtualClusterMetrics(1);
        MetricSet kept = all.of("shop2.vcluster.logins");
        all.of("shop.vcluster.logins").count(0, VirtualClusterMetrics.RQ_TOTAL);
        all.of("shop.vcluster.other");
        all.forget("shop");
        assertEquals(List.of(kept), List.copyOf(all.all()));
        assertEquals(0, all.of("shop.vcluster.logins").value(VirtualClusterMetrics.RQ_TOTAL));
    }
}
