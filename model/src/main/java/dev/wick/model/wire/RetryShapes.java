package dev.wick.model.wire;

import dev.wick.model.HeaderMatch;
import dev.wick.model.HedgePolicy;
import dev.wick.model.HostRetries;
import dev.wick.model.RetryPolicy;
import dev.wick.model.RetryPolicy.BackOff;
import dev.wick.model.RetryPolicy.RateLimitedBackOff;
import dev.wick.model.RetryPolicy.ResetHeader;
import dev.wick.model.RetryRules;
import dev.wick.model.RouteAction.Forward;
import dev.wick.model.VirtualHost;
import dev.wick.model.check.RetryChecks;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shapes of how requests are sent again. */
final class RetryShapes {

    static final Type<RetryPolicy> POLICY = new Later<>(RetryShapes::policy);
    static final Type<HedgePolicy> HEDGE = new Later<>(RetryShapes::hedge);
    static final Type<Long> BUFFER_LIMIT = Types.whole(0L, 4_294_967_295L);

    static final String POLICY_SAYS = "What is tried again, how often and when.";
    static final String HEDGE_SAYS = "When a second try begins beside the first.";
    static final String BUFFER_SAYS =
            "How many bytes of a request's body are kept to be sent again; a longer one is sent"
                    + " once. 1 MiB where nobody says.";

    private static final Type<Duration> TIME = Types.duration(Duration.ofMillis(1), Texts.LONGEST);

    private RetryShapes() {}

    /** What a route says of retries. */
    static Function<@Nullable Object[], RetryRules> rules(ShapeBuilder<Forward> shape) {
        Slot<@Nullable RetryPolicy> policy =
                shape.nullable(
                        "retryPolicy",
                        POLICY,
                        forward -> forward.retries().retryPolicy(),
                        POLICY_SAYS + " Replaces the virtual host's as a whole.");
        Slot<@Nullable HedgePolicy> hedge =
                shape.nullable(
                        "hedgePolicy",
                        HEDGE,
                        forward -> forward.retries().hedgePolicy(),
                        HEDGE_SAYS);
        Slot<@Nullable Long> bufferLimit =
                shape.nullable(
                        "requestBodyBufferLimit",
                        BUFFER_LIMIT,
                        forward -> forward.retries().requestBodyBufferLimit(),
                        BUFFER_SAYS,
                        "1 MiB");
        return v -> new RetryRules(policy.of(v), hedge.of(v), bufferLimit.of(v));
    }

    /** What a virtual host says of retries. */
    static Function<@Nullable Object[], HostRetries> hostRules(ShapeBuilder<VirtualHost> shape) {
        Slot<@Nullable RetryPolicy> policy =
                shape.nullable(
                        "retryPolicy",
                        POLICY,
                        host -> host.policies().retries().retryPolicy(),
                        POLICY_SAYS + " For routes that have none.");
        Slot<@Nullable HedgePolicy> hedge =
                shape.nullable(
                        "hedgePolicy",
                        HEDGE,
                        host -> host.policies().retries().hedgePolicy(),
                        HEDGE_SAYS + " For routes that do not say.");
        Slot<Boolean> inRequest =
                shape.optional(
                        "includeRequestAttemptCount",
                        Types.truth(),
                        host -> host.policies().retries().includeRequestAttemptCount(),
                        false,
                        "Whether hosts are told x-envoy-attempt-count.");
        Slot<Boolean> inResponse =
                shape.optional(
                        "includeAttemptCountInResponse",
                        Types.truth(),
                        host -> host.policies().retries().includeAttemptCountInResponse(),
                        false,
                        "Whether clients are told x-envoy-attempt-count.");
        Slot<Boolean> timeoutRetry =
                shape.optional(
                        "includeIsTimeoutRetryHeader",
                        Types.truth(),
                        host -> host.policies().retries().includeIsTimeoutRetryHeader(),
                        false,
                        "Whether hosts are told x-envoy-is-timeout-retry with a retry.");
        Slot<@Nullable Long> bufferLimit =
                shape.nullable(
                        "requestBodyBufferLimit",
                        BUFFER_LIMIT,
                        host -> host.policies().retries().requestBodyBufferLimit(),
                        BUFFER_SAYS,
                        "1 MiB");
        return v ->
                new HostRetries(
                        policy.of(v),
                        hedge.of(v),
                        inRequest.of(v),
                        inResponse.of(v),
                        timeoutRetry.of(v),
                        bufferLimit.of(v));
    }

    private static Shape<HedgePolicy> hedge() {
        ShapeBuilder<HedgePolicy> shape =
                new ShapeBuilder<>("HedgePolicy", "When a second try begins beside the first.");
        Slot<Boolean> onPerTryTimeout =
                shape.optional(
                        "hedgeOnPerTryTimeout",
                        Types.truth(),
                        HedgePolicy::hedgeOnPerTryTimeout,
                        false,
                        "Whether a try that takes longer than perTryTimeout goes on beside the next one: the first good answer wins.");
        return shape.make(v -> new HedgePolicy(onPerTryTimeout.of(v)));
    }

    private static Shape<RetryPolicy> policy() {
        ShapeBuilder<RetryPolicy> shape =
                new ShapeBuilder<>("RetryPolicy", "What is tried again, how often and when.");
        Slot<String> retryOn =
                shape.optional(
                        "retryOn",
                        Types.text(0, 1_024, "words as 5xx,connect-failure"),
                        RetryPolicy::retryOn,
                        "",
                        "What is tried again, with commas between: "
                                + String.join(", ", RetryPolicy.CONDITIONS)
                                + ".");
        Slot<Long> numRetries =
                shape.optional(
                        "numRetries",
                        Types.whole(0L, 4_294_967_295L),
                        RetryPolicy::numRetries,
                        1L,
                        "How often at most.");
        Slot<@Nullable Duration> perTryTimeout =
                shape.nullable(
                        "perTryTimeout",
                        TIME,
                        RetryPolicy::perTryTimeout,
                        "How long one try may take; by default as long as the route's timeout lets it.",
                        "as the route's timeout");
        Slot<@Nullable Duration> perTryIdleTimeout =
                shape.nullable(
                        "perTryIdleTimeout",
                        TIME,
                        RetryPolicy::perTryIdleTimeout,
                        "How long nothing may move in one try.");
        Slot<BackOff> backOff =
                shape.optional(
                        "retryBackOff",
                        backOff(),
                        RetryPolicy::retryBackOff,
                        BackOff.DEFAULT,
                        "How long is waited before a try.");
        Slot<@Nullable RateLimitedBackOff> limited =
                shape.nullable(
                        "rateLimitedRetryBackOff",
                        rateLimitedBackOff(),
                        RetryPolicy::rateLimitedRetryBackOff,
                        "How long is waited where the answer says when to come back.");
        Slot<List<Integer>> codes =
                shape.optional(
                        "retriableStatusCodes",
                        Types.list(Types.whole(100, 599), 0),
                        RetryPolicy::retriableStatusCodes,
                        List.of(),
                        "Statuses for retriable-status-codes.");
        Slot<List<HeaderMatch>> headers =
                shape.optional(
                        "retriableHeaders",
                        Types.list(MatchShapes.headerMatch(), 0),
                        RetryPolicy::retriableHeaders,
                        List.of(),
                        "Conditions on the answer for retriable-headers, of which one must hold.");
        Slot<List<HeaderMatch>> requestHeaders =
                shape.optional(
                        "retriableRequestHeaders",
                        Types.list(MatchShapes.headerMatch(), 0),
                        RetryPolicy::retriableRequestHeaders,
                        List.of(),
                        "Conditions on the request, of which one must hold for it to be tried again at all.",
                        "any request");
        RetryHostShapes hosts = new RetryHostShapes(shape);
        shape.rule(RetryChecks::policy);
        return shape.make(
                v ->
                        new RetryPolicy(
                                retryOn.of(v),
                                numRetries.of(v),
                                perTryTimeout.of(v),
                                perTryIdleTimeout.of(v),
                                backOff.of(v),
                                limited.of(v),
                                codes.of(v),
                                headers.of(v),
                                requestHeaders.of(v),
                                hosts.of(v)));
    }

    private static Shape<BackOff> backOff() {
        ShapeBuilder<BackOff> shape =
                new ShapeBuilder<>(
                        "RetryBackOff", "Exponential, with full jitter: from nothing upwards.");
        Slot<Duration> base =
                shape.required(
                        "baseInterval",
                        TIME,
                        BackOff::baseInterval,
                        "The most before the first retry; doubled with each.");
        Slot<@Nullable Duration> most =
                shape.nullable(
                        "maxInterval",
                        TIME,
                        BackOff::maxInterval,
                        "The most before any; by default ten times the base.",
                        "10 times baseInterval");
        shape.emptyWhen(BackOff.DEFAULT::equals);
        shape.rule(RetryChecks::backOff);
        return shape.make(v -> new BackOff(base.of(v), most.of(v)));
    }

    private static Shape<RateLimitedBackOff> rateLimitedBackOff() {
        ShapeBuilder<ResetHeader> header =
                new ShapeBuilder<>("ResetHeader", "A header that says when to come back.");
        Slot<String> name =
                header.required(
                        "name",
                        Types.text(1, 256, "the name of a header"),
                        ResetHeader::name,
                        "Case does not matter.");
        Slot<RetryPolicy.Format> format =
                header.optional(
                        "format",
                        Types.oneOf(RetryPolicy.Format.values()),
                        ResetHeader::format,
                        RetryPolicy.Format.SECONDS,
                        "In so many SECONDS, or at a UNIX_TIMESTAMP.");
        header.rule(RetryChecks::resetHeader);
        Shape<ResetHeader> headerShape =
                header.make(v -> new ResetHeader(name.of(v), format.of(v)));

        ShapeBuilder<RateLimitedBackOff> shape =
                new ShapeBuilder<>(
                        "RateLimitedRetryBackOff",
                        "Waits as long as the answer asks for, and up to half as long again.");
        Slot<List<ResetHeader>> headers =
                shape.required(
                        "resetHeaders",
                        Types.list(headerShape, 1),
                        RateLimitedBackOff::resetHeaders,
                        "The first that the answer has counts.");
        Slot<Duration> most =
                shape.optional(
                        "maxInterval",
                        TIME,
                        RateLimitedBackOff::maxInterval,
                        RateLimitedBackOff.LONGEST,
                        "What is longer is not heeded.");
        shape.rule(RetryChecks::rateLimitedBackOff);
        return shape.make(v -> new RateLimitedBackOff(headers.of(v), most.of(v)));
    }
}
