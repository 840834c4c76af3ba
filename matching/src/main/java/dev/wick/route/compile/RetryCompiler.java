package dev.wick.route.compile;

import dev.wick.model.HeaderMatch;
import dev.wick.model.HedgePolicy;
import dev.wick.model.HostRetries;
import dev.wick.model.RetryHosts.HostPredicate;
import dev.wick.model.RetryHosts.PreviousPriorities;
import dev.wick.model.RetryPolicy.RateLimitedBackOff;
import dev.wick.model.RetryPolicy.ResetHeader;
import dev.wick.model.RetryRules;
import dev.wick.route.AnswerCondition;
import dev.wick.route.Condition;
import dev.wick.route.ResetHeaders;
import dev.wick.route.Retries;
import dev.wick.route.RetryHosts;
import dev.wick.route.RetryOn;
import dev.wick.route.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What routes and their virtual host say of retries -> what requests are retried by. */
final class RetryCompiler {

    private static final long TIMES = 10;

    private final MatchCompiler matches;
    private final HostRetries host;
    private final @Nullable RetryPolicy hostPolicy;

    RetryCompiler(MatchCompiler matches, HostRetries host) {
        this.matches = matches;
        this.host = host;
        this.hostPolicy = policy(host.retryPolicy(), "retryPolicy");
    }

    /**
     * Of one route; {@link Retries#NONE} itself where nobody says anything.
     *
     * @param rules its own, with the virtual host's where it has none
     */
    Retries compile(RetryRules rules, String field) {
        // The virtual host's own is compiled once for all its routes.
        RetryPolicy policy =
                rules.retryPolicy() == host.retryPolicy()
                        ? hostPolicy
                        : policy(rules.retryPolicy(), field + ".retryPolicy");
        HedgePolicy hedge = rules.hedgePolicy();
        Long limit = rules.requestBodyBufferLimit();
        int told =
                (host.includeRequestAttemptCount() ? Retries.COUNT_IN_REQUEST : 0)
                        | (host.includeAttemptCountInResponse() ? Retries.COUNT_IN_RESPONSE : 0)
                        | (host.includeIsTimeoutRetryHeader() ? Retries.TIMEOUT_RETRY : 0);
        boolean hedges = hedge != null && hedge.hedgeOnPerTryTimeout();
        if (policy == null && !hedges && told == 0 && limit == null) {
            return Retries.NONE;
        }
        return new Retries(policy, hedges, told, limit == null ? Retries.DEFAULT_BUFFER : limit);
    }

    private @Nullable RetryPolicy policy(
            dev.wick.model.@Nullable RetryPolicy policy, String field) {
        if (policy == null) {
            return null;
        }
        return new RetryPolicy(
                RetryOn.parse(policy.retryOn()),
                policy.numRetries(),
                times(policy),
                signs(policy, field),
                hosts(policy.hosts()));
    }

    /** Null where a retry may go anywhere. */
    private static @Nullable RetryHosts hosts(dev.wick.model.RetryHosts hosts) {
        boolean notPrevious = false;
        boolean noCanaries = false;
        List<Map<String, String>> omitted = new ArrayList<>(0);
        for (HostPredicate predicate : hosts.retryHostPredicate()) {
            if (predicate instanceof dev.wick.model.RetryHosts.OmitHostMetadata omit) {
                omitted.add(omit.metadataMatch());
            } else if (predicate instanceof dev.wick.model.RetryHosts.OmitCanaryHosts) {
                noCanaries = true;
            } else {
                notPrevious = true;
            }
        }
        PreviousPriorities priorities = hosts.retryPriority();
        if (hosts.retryHostPredicate().isEmpty() && priorities == null) {
            return null;
        }
        return new RetryHosts(
                notPrevious,
                noCanaries,
                omitted,
                hosts.hostSelectionRetryMaxAttempts(),
                priorities == null ? 0 : priorities.updateFrequency());
    }

    private static RetryPolicy.Times times(dev.wick.model.RetryPolicy policy) {
        long base = millis(policy.retryBackOff().baseInterval());
        Duration most = policy.retryBackOff().maxInterval();
        return new RetryPolicy.Times(
                millis(policy.perTryTimeout()),
                millis(policy.perTryIdleTimeout()),
                base,
                most == null ? base * TIMES : Math.max(base, millis(most)),
                reset(policy.rateLimitedRetryBackOff()));
    }

    private static @Nullable ResetHeaders reset(@Nullable RateLimitedBackOff backOff) {
        if (backOff == null) {
            return null;
        }
        List<ResetHeader> headers = backOff.resetHeaders();
        String[] names = new String[headers.size()];
        boolean[] timestamps = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = headers.get(i).name().toLowerCase(Locale.ROOT);
            timestamps[i] =
                    headers.get(i).format() == dev.wick.model.RetryPolicy.Format.UNIX_TIMESTAMP;
        }
        return new ResetHeaders(names, timestamps, millis(backOff.maxInterval()));
    }

    private RetryPolicy.Signs signs(dev.wick.model.RetryPolicy policy, String field) {
        int[] codes = new int[policy.retriableStatusCodes().size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = policy.retriableStatusCodes().get(i);
        }
        List<HeaderMatch> onAnswer = policy.retriableHeaders();
        AnswerCondition[] answers = new AnswerCondition[onAnswer.size()];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = matches.answer(onAnswer.get(i), field + ".retriableHeaders[" + i + "]");
        }
        List<HeaderMatch> onRequest = policy.retriableRequestHeaders();
        Condition[] requests = new Condition[onRequest.size()];
        for (int i = 0; i < requests.length; i++) {
            String at = field + ".retriableRequestHeaders[" + i + "]";
            requests[i] = matches.header(onRequest.get(i), at);
        }
        return new RetryPolicy.Signs(codes, answers, requests);
    }

    /** 0 for null, else not less than 1. */
    private static long millis(@Nullable Duration time) {
        return time == null ? 0 : Math.max(1, time.toMillis());
    }
}
