package dev.wick.model.check;

import dev.wick.model.HeaderMutations;
import dev.wick.model.HttpPolicies;
import dev.wick.model.LocalReplyConfig;
import dev.wick.model.LocalReplyConfig.BodyFormat;
import dev.wick.model.LocalReplyConfig.Mapper;
import dev.wick.model.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must hold of what a listener does to all requests and answers. */
public final class PolicyRules {

    private static final List<String> FLAGS =
            List.of(
                    "CU", "DC", "DF", "DI", "DO", "DPE", "DR", "DT", "DUE", "FI", "IH", "LH", "LR",
                    "NC", "NFCF", "NR", "OM", "RFCF", "RL", "RLSE", "SI", "UAEX", "UC", "UDO", "UF",
                    "UH", "UMSDR", "UO", "UPE", "UR", "URX", "UT");

    private PolicyRules() {}

    /** Of a listener, with all that is within. */
    static void walk(HttpPolicies policies, Findings findings) {
        mutations("requestHeaders", policies.requestHeaders(), findings);
        mutations("responseHeaders", policies.responseHeaders(), findings);
        options(policies, findings);
        ConcurrencyRules.walk(policies.adaptiveConcurrency(), findings);
        findings.enter("localReply");
        localReply(policies.localReply(), findings);
        findings.enter("mappers");
        for (int i = 0; i < policies.localReply().mappers().size(); i++) {
            findings.enter(i);
            Mapper mapper = policies.localReply().mappers().get(i);
            mapper(mapper, findings);
            values("headersToAdd", mapper.headersToAdd(), findings);
            findings.leave();
        }
        findings.leave();
        findings.leave();
    }

    /** Of a listener, but for what has a rule of its own. */
    static void options(HttpPolicies policies, Findings findings) {
        format("accessLogFormat", policies.accessLogFormat(), findings);
        BodyFormat log = policies.accessLogFormat();
        if (log != null && log.contentType() != null) {
            findings.add(
                    "accessLogFormat.contentType",
                    Problem.shown(String.valueOf(log.contentType())),
                    "none: a line of a log has no content type");
        }
    }

    private static void mutations(String field, HeaderMutations mutations, Findings findings) {
        findings.enter(field);
        values("add", mutations.add(), findings);
        values("set", mutations.set(), findings);
        HeaderRules.mutations(mutations, findings);
        findings.leave();
    }

    private static void values(
            String field, List<HeaderMutations.HeaderValue> values, Findings findings) {
        findings.enter(field);
        for (int i = 0; i < values.size(); i++) {
            findings.enter(i);
            HeaderRules.value(values.get(i), findings);
            findings.leave();
        }
        findings.leave();
    }

    /** Of answers from here; its mappers have a rule of their own. */
    public static void localReply(LocalReplyConfig replies, Findings findings) {
        format("bodyFormat", replies.bodyFormat(), findings);
    }

    /** Of one mapper. */
    public static void mapper(Mapper mapper, Findings findings) {
        findings.enter("filter");
        LocalReplyConfig.Filter filter = mapper.filter();
        if (filter.statusCode() == null && filter.responseFlags().isEmpty()) {
            findings.add("", "statusCodeFilter, responseFlags, or both");
        }
        findings.enter("responseFlags");
        for (int i = 0; i < filter.responseFlags().size(); i++) {
            String flag = filter.responseFlags().get(i);
            if (!FLAGS.contains(flag)) {
                findings.enter(i);
                findings.add(Problem.shown(flag), "one of " + String.join(", ", FLAGS));
                findings.leave();
            }
        }
        findings.leave();
        findings.leave();
        Integer status = mapper.statusCode();
        if (status != null && (status < 200 || status > 599)) {
            findings.add("statusCode", status.toString(), "200-599");
        }
        format("bodyFormatOverride", mapper.bodyFormatOverride(), findings);
    }

    private static void format(String field, @Nullable BodyFormat format, Findings findings) {
        if (format == null) {
            return;
        }
        findings.enter(field);
        String text = format.text();
        if ((text == null) == format.json().isEmpty()) {
            findings.add("", "exactly one of text, json");
        }
        if (text != null) {
            findings.text("text", text, HeaderRules.formatted(text));
        }
        findings.enter("json");
        for (Map.Entry<String, String> entry : format.json().entrySet()) {
            findings.text(
                    entry.getKey(), entry.getValue(), HeaderRules.formatted(entry.getValue()));
        }
        findings.leave();
        String type = format.contentType();
        if (type != null) {
            String some = type.isEmpty() ? "some text" : Syntax.headerValue(type);
            findings.text("contentType", type, some);
        }
        findings.leave();
    }
}
