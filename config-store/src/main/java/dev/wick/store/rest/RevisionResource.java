package dev.wick.store.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.wick.store.access.Permission;
import dev.wick.store.admit.History;
import dev.wick.store.admit.Planned;
import dev.wick.store.keep.ChangedKey;
import dev.wick.store.keep.Keep;
import dev.wick.store.keep.RevisionRecord;
import dev.wick.store.keep.RevisionSummary;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The line of revisions. */
@Path("/v1/gateways/{gateway}")
@Tag(name = "revisions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class RevisionResource {

    private static final int MOST_ITEMS = 1_000;

    /** So many changes of a revision are listed where many revisions are. */
    static final int MOST_CHANGES = 100;

    private final Keep keep;
    private final History history;

    RevisionResource(Keep keep, History history) {
        this.keep = keep;
        this.history = history;
    }

    @GET
    @Path("/revisions")
    @Needs(Permission.READ)
    @Operation(summary = "The revisions kept, newest first.")
    public Response page(
            @PathParam("gateway") String gateway,
            @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @Nullable String items) {
        int limit = (int) Parameters.number("limit", items, 100, 1, MOST_ITEMS);
        long head = keep.head(gateway);
        long oldest = keep.oldestRevision(gateway);
        long below = Parameters.number("before", before, head + 1, 1, Long.MAX_VALUE);
        long from = Math.min(head, below - 1);
        List<RevisionSummary> page = new ArrayList<>();
        for (long revision = from; revision >= oldest && page.size() < limit; revision--) {
            RevisionSummary summary = keep.summary(gateway, revision, MOST_CHANGES);
            if (summary != null) {
                page.add(summary);
            }
        }
        byte[] body =
                JsonText.object(
                        out -> {
                            out.writeStringField("epoch", keep.epoch());
                            out.writeNumberField("revision", head);
                            out.writeNumberField("oldest", oldest);
                            JsonText.list(out, "revisions", page, RevisionResource::summary);
                            long last = page.isEmpty() ? 0 : page.getLast().record().revision();
                            if (last > oldest) {
                                out.writeNumberField("next", last);
                            }
                        });
        return Response.ok(body).build();
    }

    private static void summary(JsonGenerator out, RevisionSummary summary) throws IOException {
        out.writeStartObject();
        fields(out, summary.record());
        out.writeNumberField("changeCount", summary.changes());
        JsonText.list(out, "changes", summary.record().changes(), RevisionResource::changed);
        out.writeEndObject();
    }

    /** Who, when, why. */
    static void fields(JsonGenerator out, RevisionRecord record) throws IOException {
        out.writeNumberField("revision", record.revision());
        out.writeStringField("author", record.author());
        out.writeStringField("time", record.time().toString());
        out.writeStringField("comment", record.comment());
        out.writeStringField("requestId", record.requestId());
    }

    /** A change, by its name. */
    static void changed(JsonGenerator out, ChangedKey changed) throws IOException {
        out.writeStartObject();
        out.writeStringField("kind", changed.key().kind());
        out.writeStringField("name", changed.key().name());
        String change =
                changed.deleted() ? "deleted" : changed.before() == 0 ? "created" : "changed";
        out.writeStringField("change", change);
        out.writeEndObject();
    }

    @GET
    @Path("/revisions/{revision}")
    @Needs(Permission.READ)
    @Operation(summary = "What a revision changed, field by field.")
    public Response one(
            @PathParam("gateway") String gateway, @PathParam("revision") long revision) {
        RevisionSummary summary = keep.summary(gateway, revision, 0);
        List<Planned> changes = summary == null ? null : history.changes(gateway, revision);
        if (summary == null || changes == null) {
            long head = keep.head(gateway);
            return revision > head || revision < 1
                    ? Problems.of(
                                    404,
                                    "revision "
                                            + revision
                                            + " does not exist; the newest is "
                                            + head)
                            .build()
                    : Problems.of(
                                    410,
                                    "the revisions kept are "
                                            + keep.oldestRevision(gateway)
                                            + " to "
                                            + head)
                            .build();
        }
        byte[] body =
                JsonText.object(
                        out -> {
                            out.writeStringField("epoch", keep.epoch());
                            fields(out, summary.record());
                            Answers.changes(out, changes);
                        });
        return Response.ok(body).build();
    }
}
