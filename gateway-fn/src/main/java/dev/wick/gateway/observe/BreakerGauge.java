package dev.wick.gateway.observe;

/**
 * What is shown of the circuit breakers of one priority: Envoy's {@code
 * cluster.<name>.circuit_breakers.<default|high>.*}.
 */
public enum BreakerGauge {
    CX_OPEN("cx_open", "Whether there are as many connections as there may be"),
    CX_POOL_OPEN("cx_pool_open", "Whether there are as many pools as there may be"),
    RQ_PENDING_OPEN("rq_pending_open", "Whether as many requests wait as may"),
    RQ_OPEN("rq_open", "Whether as many requests run as may"),
    RQ_RETRY_OPEN("rq_retry_open", "Whether as many retries run as may"),
    REMAINING_CX("remaining_cx", "How many more connections there may be"),
    REMAINING_CX_POOLS("remaining_cx_pools", "How many more pools there may be"),
    REMAINING_PENDING("remaining_pending", "How many more requests may wait"),
    REMAINING_RQ("remaining_rq", "How many more requests may run"),
    REMAINING_RETRIES("remaining_retries", "How many more retries may run");

    private final String spelling;
    private final String help;

    BreakerGauge(String spelling, String help) {
        this.spelling = spelling;
        this.help = help;
    }

    /** Adds all of both priorities. */
    static void addTo(MetricGroup group) {
        for (String priority : new String[] {"default", "high"}) {
            for (BreakerGauge gauge : values()) {
                String name = "circuit_breakers." + priority + '.' + gauge.spelling;
                group.computed(name, gauge.help);
            }
        }
    }

    /** Which one of either priority it is. */
    public static BreakerGauge of(Metric.Computed metric) {
        BreakerGauge[] gauges = values();
        return gauges[metric.index() % gauges.length];
    }

    /** Whether it is of the priority HIGH, else of DEFAULT. */
    public static boolean isOfHigh(Metric.Computed metric) {
        return metric.index() >= values().length;
    }
}
