package dev.wick.gateway.compile;

import dev.wick.format.Format;
import dev.wick.gateway.observe.ResponseFlag;
import dev.wick.gateway.snapshot.PolicySettings;
import dev.wick.gateway.snapshot.ReplySettings;
import dev.wick.model.HeaderMutations;
import dev.wick.model.HttpPolicies;
import dev.wick.model.LocalReplyConfig;
import dev.wick.model.LocalReplyConfig.BodyFormat;
import dev.wick.route.compile.PartCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a listener does to all requests and answers -> what exchanges run through. */
final class PolicyCompiler {

    private PolicyCompiler() {}

    static PolicySettings compile(HttpPolicies policies) {
        if (policies.equals(HttpPolicies.DEFAULT)) {
            return PolicySettings.NONE;
        }
        LocalReplyConfig replies = policies.localReply();
        return new PolicySettings(
                policies,
                PartCompiler.changes(policies.requestHeaders()),
                PartCompiler.changes(policies.responseHeaders()),
                policies.mostSpecificHeaderMutationsWins(),
                replies.equals(LocalReplyConfig.DEFAULT) ? null : replies(replies),
                body(policies.accessLogFormat()),
                ConcurrencyCompiler.compile(policies.adaptiveConcurrency()));
    }

    private static ReplySettings replies(LocalReplyConfig replies) {
        List<ReplySettings.Mapper> mappers = new ArrayList<>();
        for (LocalReplyConfig.Mapper mapper : replies.mappers()) {
            mappers.add(mapper(mapper));
        }
        return new ReplySettings(List.copyOf(mappers), body(replies.bodyFormat()));
    }

    private static ReplySettings.Mapper mapper(LocalReplyConfig.Mapper mapper) {
        LocalReplyConfig.StatusCode status = mapper.filter().statusCode();
        String body = mapper.body();
        HeaderMutations headers = new HeaderMutations(mapper.headersToAdd(), List.of(), List.of());
        return new ReplySettings.Mapper(
                status == null ? null : ReplySettings.Op.valueOf(status.op().name()),
                status == null ? 0 : status.value(),
                flags(mapper.filter().responseFlags()),
                !mapper.filter().responseFlags().isEmpty(),
                mapper.statusCode() == null ? 0 : mapper.statusCode(),
                body == null ? null : PartCompiler.octets(body),
                body(mapper.bodyFormatOverride()),
                PartCompiler.changes(headers));
    }

    /** Letters that no answer of this gateway has yet stand for no bit. */
    private static long flags(List<String> letters) {
        long flags = 0;
        for (ResponseFlag flag : ResponseFlag.values()) {
            if (letters.contains(flag.letters())) {
                flags |= flag.bit();
            }
        }
        return flags;
    }

    private static ReplySettings.@Nullable Body body(@Nullable BodyFormat format) {
        if (format == null) {
            return null;
        }
        String text = format.text();
        String type = format.contentType();
        List<String> fields = new ArrayList<>();
        List<Format> values = new ArrayList<>();
        for (Map.Entry<String, String> entry : format.json().entrySet()) {
            fields.add(PartCompiler.octets(entry.getKey()));
            values.add(PartCompiler.format(entry.getValue()));
        }
        String usual = text == null ? "application/json" : "text/plain";
        return new ReplySettings.Body(
                text == null ? null : PartCompiler.format(text),
                List.copyOf(fields),
                List.copyOf(values),
                type == null ? usual : type);
    }
}
