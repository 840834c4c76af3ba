package dev.wick.model.check;

import dev.wick.model.AdaptiveConcurrency;
import dev.wick.model.AdaptiveConcurrency.Gradient;
import dev.wick.model.AdaptiveConcurrency.MinRtt;
import org.jspecify.annotations.Nullable;

/** What must hold of how many requests may run at once. */
public final class ConcurrencyRules {

    private ConcurrencyRules() {}

    /** All rules of it; null: it is not found out. */
    static void walk(@Nullable AdaptiveConcurrency concurrency, Findings findings) {
        if (concurrency != null) {
            findings.enter("adaptiveConcurrency");
            findings.enter("gradientControllerConfig");
            findings.enter("minRttCalcParams");
            minRtt(concurrency.gradientControllerConfig().minRttCalcParams(), findings);
            findings.leave();
            gradient(concurrency.gradientControllerConfig(), findings);
            findings.leave();
            findings.leave();
        }
    }

    /** Between how the limit follows and how the best latency is found. */
    public static void gradient(Gradient controller, Findings findings) {
        int least = controller.minRttCalcParams().minConcurrency();
        int most = controller.concurrencyLimitParams().maxConcurrencyLimit();
        if (least > most) {
            findings.add(
                    "minRttCalcParams.minConcurrency",
                    Integer.toString(least),
                    "at most maxConcurrencyLimit, " + most);
        }
    }

    /** Of how the best latency is found. */
    public static void minRtt(MinRtt params, Findings findings) {
        if ((params.interval() == null) == (params.fixedValue() == null)) {
            findings.add("", "exactly one of interval, fixedValue");
        }
    }
}
