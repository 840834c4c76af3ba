package dev.wick.store.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.wick.model.wire.FieldChange;
import dev.wick.store.admit.Answer;
import dev.wick.store.admit.Planned;
import dev.wick.store.revision.Revision;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;

/** Prints what became of a wish. */
final class Answers {

    private static final int MANY = 1_000;

    private Answers() {}

    /** As the answer to a bundle, or a deletion. */
    static Response print(Answer answer) {
        return builder(answer).build();
    }

    /** As the answer to one document, with its own ETag: 201 when it is new. */
    static Response printDocument(Answer answer) {
        Response.ResponseBuilder builder = builder(answer);
        if (answer instanceof Answer.Applied applied
                && !applied.requestId().isEmpty()
                && applied.changes().stream().anyMatch(change -> change.before() == null)) {
            builder.status(201);
        }
        if (answer instanceof Answer.Applied applied) {
            builder.header("ETag", null)
                    .header("ETag", new Revision(applied.epoch(), applied.document()).etag());
        }
        return builder.build();
    }

    private static Response.ResponseBuilder builder(Answer answer) {
        return switch (answer) {
            case Answer.Applied applied -> applied(applied);
            case Answer.Refused refused -> {
                int count = refused.problems().size();
                String detail =
                        count == 1
                                ? refused.problems().getFirst().toString()
                                : count + " problems; nothing was changed";
                yield Problems.of(422, detail, refused.problems(), null);
            }
            case Answer.Outdated(String found, String expected) ->
                    Problems.of(412, found + " (expected: " + expected + ")");
            case Answer.Missing(String what) -> Problems.of(404, what + " does not exist");
            case Answer.Gone(long oldest, long head) ->
                    Problems.of(410, "the revisions kept are " + oldest + " to " + head);
            case Answer.Busy(int tries) ->
                    Problems.of(
                                    503,
                                    "others were faster "
                                            + tries
                                            + " times; nothing was changed, retry")
                            .header("Retry-After", "1");
            case Answer.Unwritten(String why) ->
                    Problems.of(
                            507, "the bundle cannot be written: " + why + "; nothing was changed");
            case Answer.Unknown(String requestId) ->
                    Problems.of(
                                    503,
                                    "whether this was committed is not known; ask for request "
                                            + requestId
                                            + ", or send the same again with it as Idempotency-Key",
                                    List.of(),
                                    requestId)
                            .header("Retry-After", "1");
        };
    }

    private static Response.ResponseBuilder applied(Answer.Applied applied) {
        byte[] body =
                JsonText.object(
                        out -> {
                            out.writeStringField("epoch", applied.epoch());
                            out.writeNumberField("revision", applied.revision());
                            if (!applied.requestId().isEmpty()) {
                                out.writeStringField("requestId", applied.requestId());
                            }
                            changes(out, applied.changes());
                        });
        return Response.ok(body, MediaType.APPLICATION_JSON)
                .header("ETag", new Revision(applied.epoch(), applied.revision()).etag());
    }

    /**
     * Changes, field by field. Of many, those that come or go as a whole are named without their
     * fields: nobody reads them, and they are in the bundle.
     */
    static void changes(JsonGenerator out, List<Planned> changes) throws IOException {
        boolean many = changes.size() > MANY;
        JsonText.list(out, "changes", changes, (o, change) -> change(o, change, many));
    }

    private static void change(JsonGenerator out, Planned change, boolean oneOfMany)
            throws IOException {
        boolean whole = change.before() == null || change.after() == null;
        out.writeStartObject();
        out.writeStringField("kind", change.key().kind());
        out.writeStringField("name", change.key().name());
        out.writeStringField("change", change.change());
        List<FieldChange> fields = whole && oneOfMany ? List.of() : change.fields();
        JsonText.list(out, "fields", fields, Answers::field);
        out.writeEndObject();
    }

    private static void field(JsonGenerator out, FieldChange field) throws IOException {
        out.writeStartObject();
        out.writeStringField("path", field.path());
        out.writeStringField("before", field.before());
        out.writeStringField("after", field.after());
        out.writeEndObject();
    }
}
