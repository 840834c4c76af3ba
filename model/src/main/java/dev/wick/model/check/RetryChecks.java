package dev.wick.model.check;

import dev.wick.model.HeaderMatch;
import dev.wick.model.HostRetries;
import dev.wick.model.RetryHosts;
import dev.wick.model.RetryPolicy;
import dev.wick.model.RetryPolicy.BackOff;
import dev.wick.model.RetryPolicy.RateLimitedBackOff;
import dev.wick.model.RetryPolicy.ResetHeader;
import dev.wick.model.RetryRules;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold of how requests are sent again. */
public final class RetryChecks {

    private static final long MOST_RETRIES = 4_294_967_295L;
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    private RetryChecks() {}

    /** All rules of a route's part and of what it holds. */
    static void walk(RetryRules rules, Findings findings) {
        walk(rules.retryPolicy(), findings);
        bufferLimit(rules.requestBodyBufferLimit(), findings);
    }

    /** All rules of a virtual host's part and of what it holds. */
    static void walk(HostRetries retries, Findings findings) {
        walk(retries.retryPolicy(), findings);
        bufferLimit(retries.requestBodyBufferLimit(), findings);
    }

    private static void walk(@Nullable RetryPolicy policy, Findings findings) {
        if (policy == null) {
            return;
        }
        findings.enter("retryPolicy");
        policy(policy, findings);
        findings.enter("retryBackOff");
        backOff(policy.retryBackOff(), findings);
        findings.leave();
        RateLimitedBackOff limited = policy.rateLimitedRetryBackOff();
        if (limited != null) {
            findings.enter("rateLimitedRetryBackOff");
            rateLimitedBackOff(limited, findings);
            findings.enter("resetHeaders");
            for (int i = 0; i < limited.resetHeaders().size(); i++) {
                findings.enter(i);
                resetHeader(limited.resetHeaders().get(i), findings);
                findings.leave();
            }
            findings.leave();
            findings.leave();
        }
        headers("retriableHeaders", policy.retriableHeaders(), findings);
        headers("retriableRequestHeaders", policy.retriableRequestHeaders(), findings);
        findings.leave();
    }

    private static void headers(String field, List<HeaderMatch> matches, Findings findings) {
        findings.enter(field);
        for (int i = 0; i < matches.size(); i++) {
            findings.enter(i);
            MatchRules.headerMatch(matches.get(i), findings);
            findings.leave();
        }
        findings.leave();
    }

    private static void bufferLimit(@Nullable Long limit, Findings findings) {
        if (limit != null && (limit < 0 || limit > MOST_RETRIES)) {
            findings.add("requestBodyBufferLimit", limit.toString(), "0-" + MOST_RETRIES);
        }
    }

    public static void policy(RetryPolicy policy, Findings findings) {
        for (String word : policy.retryOn().split(",", -1)) {
            if (!policy.retryOn().isEmpty() && !RetryPolicy.CONDITIONS.contains(word.strip())) {
                findings.text(
                        "retryOn", word, "any of " + String.join(", ", RetryPolicy.CONDITIONS));
            }
        }
        if (policy.numRetries() < 0 || policy.numRetries() > MOST_RETRIES) {
            findings.add("numRetries", Long.toString(policy.numRetries()), "0-" + MOST_RETRIES);
        }
        time("perTryTimeout", policy.perTryTimeout(), findings);
        time("perTryIdleTimeout", policy.perTryIdleTimeout(), findings);
        findings.enter("retriableStatusCodes");
        for (int i = 0; i < policy.retriableStatusCodes().size(); i++) {
            int code = policy.retriableStatusCodes().get(i);
            findings.enter(i);
            if (code < 100 || code > 599) {
                findings.add(Integer.toString(code), "100-599");
            }
            findings.leave();
        }
        findings.leave();
        answerHeaders(policy.retriableHeaders(), findings);
        hosts(policy.hosts(), findings);
    }

    private static void hosts(RetryHosts hosts, Findings findings) {
        int attempts = hosts.hostSelectionRetryMaxAttempts();
        if (attempts < 1 || attempts > RetryHosts.MOST_ATTEMPTS) {
            findings.add(
                    "hostSelectionRetryMaxAttempts",
                    Integer.toString(attempts),
                    "1-" + RetryHosts.MOST_ATTEMPTS);
        }
        findings.enter("retryHostPredicate");
        for (int i = 0; i < hosts.retryHostPredicate().size(); i++) {
            findings.enter(i);
            if (hosts.retryHostPredicate().get(i) instanceof RetryHosts.OmitHostMetadata omit
                    && omit.metadataMatch().isEmpty()) {
                findings.add("omitHostMetadata.metadataMatch", "{}", "a key of envoy.lb");
            }
            findings.leave();
        }
        findings.leave();
        RetryHosts.PreviousPriorities priorities = hosts.retryPriority();
        if (priorities != null && priorities.updateFrequency() < 1) {
            findings.add(
                    "retryPriority.previousPriorities.updateFrequency",
                    Integer.toString(priorities.updateFrequency()),
                    "1 or more");
        }
    }

    private static void answerHeaders(List<HeaderMatch> matches, Findings findings) {
        findings.enter("retriableHeaders");
        for (int i = 0; i < matches.size(); i++) {
            findings.enter(i);
            String name = matches.get(i).name();
            if (name.startsWith(":")) {
                findings.text("name", name, "the name of a header that an answer may have");
            }
            findings.leave();
        }
        findings.leave();
    }

    public static void backOff(BackOff backOff, Findings findings) {
        time("baseInterval", backOff.baseInterval(), findings);
        Duration most = backOff.maxInterval();
        time("maxInterval", most, findings);
        if (most != null && most.compareTo(backOff.baseInterval()) < 0) {
            findings.add("maxInterval", Spelling.of(most), "not less than baseInterval");
        }
    }

    public static void rateLimitedBackOff(RateLimitedBackOff backOff, Findings findings) {
        if (backOff.resetHeaders().isEmpty()) {
            findings.add("resetHeaders", "[]", "a list of at least 1");
        }
        time("maxInterval", backOff.maxInterval(), findings);
    }

    public static void resetHeader(ResetHeader header, Findings findings) {
        boolean good = Syntax.isToken(header.name());
        findings.text("name", header.name(), good ? null : "the name of a header");
    }

    private static void time(String field, @Nullable Duration time, Findings findings) {
        if (time != null && (time.compareTo(LEAST) < 0 || time.compareTo(LONGEST) > 0)) {
            findings.add(field, Spelling.of(time), "1ms to 8760h");
        }
    }
}
