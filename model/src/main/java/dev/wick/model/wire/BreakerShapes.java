package dev.wick.model.wire;

import dev.wick.model.CircuitBreakers;
import dev.wick.model.CircuitBreakers.RetryBudget;
import dev.wick.model.CircuitBreakers.Thresholds;
import dev.wick.model.RoutingPriority;
import dev.wick.model.check.Rules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shape of a cluster's circuit breakers. */
final class BreakerShapes {

    private static final Type<Long> LIMIT = Types.whole(0L, 4_294_967_295L);

    private BreakerShapes() {}

    static Shape<CircuitBreakers> breakers() {
        ShapeBuilder<CircuitBreakers> shape =
                new ShapeBuilder<>("CircuitBreakers", "How much a cluster takes at once.");
        Slot<List<Thresholds>> thresholds =
                shape.optional(
                        "thresholds",
                        Types.list(thresholds(), 0),
                        CircuitBreakers::thresholds,
                        List.of(),
                        "At most one of each priority.");
        shape.emptyWhen(breakers -> breakers.thresholds().isEmpty());
        shape.rule(Rules::circuitBreakers);
        return shape.make(v -> new CircuitBreakers(thresholds.of(v)));
    }

    private static Shape<Thresholds> thresholds() {
        ShapeBuilder<Thresholds> shape =
                new ShapeBuilder<>("Thresholds", "For one cluster in one instance.");
        Slot<RoutingPriority> priority =
                shape.optional(
                        "priority",
                        Types.oneOf(RoutingPriority.values()),
                        Thresholds::priority,
                        RoutingPriority.DEFAULT,
                        "Of the routes whose requests are counted here.");
        Slot<Long> connections =
                shape.optional(
                        "maxConnections",
                        LIMIT,
                        Thresholds::maxConnections,
                        Thresholds.DEFAULT.maxConnections(),
                        "Each pool may have one all the same.");
        Slot<Long> pending =
                shape.optional(
                        "maxPendingRequests",
                        LIMIT,
                        Thresholds::maxPendingRequests,
                        Thresholds.DEFAULT.maxPendingRequests(),
                        "Requests that wait for a connection.");
        Slot<Long> requests =
                shape.optional(
                        "maxRequests",
                        LIMIT,
                        Thresholds::maxRequests,
                        Thresholds.DEFAULT.maxRequests(),
                        "Requests that run.");
        Slot<Long> retries =
                shape.optional(
                        "maxRetries",
                        LIMIT,
                        Thresholds::maxRetries,
                        Thresholds.DEFAULT.maxRetries(),
                        "Retries that run, unless there is a retryBudget.");
        Slot<@Nullable RetryBudget> budget =
                shape.nullable(
                        "retryBudget",
                        budget(),
                        Thresholds::retryBudget,
                        "Retries as a share of requests.");
        Slot<Boolean> remaining =
                shape.optional(
                        "trackRemaining",
                        Types.truth(),
                        Thresholds::trackRemaining,
                        false,
                        "Whether what is left is among the statistics.");
        Slot<Long> pools =
                shape.optional(
                        "maxConnectionPools",
                        LIMIT,
                        Thresholds::maxConnectionPools,
                        Thresholds.UNLIMITED,
                        "Each event loop has one for each host and protocol that it has"
                                + " connections to; by default any number.");
        return shape.make(
                v ->
                        new Thresholds(
                                priority.of(v),
                                connections.of(v),
                                pending.of(v),
                                requests.of(v),
                                retries.of(v),
                                budget.of(v),
                                remaining.of(v),
                                pools.of(v)));
    }

    private static Shape<RetryBudget> budget() {
        ShapeBuilder<RetryBudget> shape =
                new ShapeBuilder<>("RetryBudget", "Retries as a share of requests.");
        Slot<Double> percent =
                shape.optional(
                        "budgetPercent",
                        new Decimal(0, 100),
                        RetryBudget::budgetPercent,
                        20.0,
                        "Of the requests that run and wait.");
        Slot<Long> least =
                shape.optional(
                        "minRetryConcurrency",
                        LIMIT,
                        RetryBudget::minRetryConcurrency,
                        3L,
                        "Retries that may always run.");
        return shape.make(v -> new RetryBudget(percent.of(v), least.of(v)));
    }
}
