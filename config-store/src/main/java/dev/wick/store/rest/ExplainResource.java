package dev.wick.store.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.wick.store.access.Permission;
import dev.wick.store.explain.Explainer;
import dev.wick.store.explain.Explanation;
import dev.wick.store.explain.Question;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What would become of a request. */
@Path("/v1/gateways/{gateway}/explain")
@Tag(name = "explain")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class ExplainResource {

    private final Explainer explainer;

    ExplainResource(Explainer explainer) {
        this.explainer = explainer;
    }

    /** The request, as bodies spell it. */
    record Body(
            @Nullable String method,
            @Nullable String url,
            @Nullable List<Field> headers,
            @Nullable String listener,
            @Nullable String chain,
            @Nullable String source) {

        record Field(@Nullable String name, @Nullable String value) {}
    }

    /** What is answered, as {@code /openapi} tells it. */
    @Schema(name = "Explanation")
    record Answer(
            String epoch,
            long revision,
            @Nullable String listener,
            String chain,
            @Nullable String domain,
            @Nullable String virtualHost,
            @Nullable RouteName route,
            String action,
            @Nullable String cluster,
            List<String> clusters,
            List<String> endpoints,
            List<Explanation.HeaderChange> headerChanges,
            List<Explanation.Setting> settings,
            List<String> steps) {

        @Schema(name = "RouteName")
        record RouteName(int index, @Nullable String name) {}
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Needs(Permission.READ)
    @Operation(
            summary =
                    "Which listener, virtual host, route and cluster a request would meet, and why;"
                            + " what they do with it, and which document says so.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    public Response explain(
            @PathParam("gateway") String gateway,
            @Context RoutingContext context,
            InputStream body) {
        try (Upload upload = new Upload(context)) {
            Body read = Bodies.strict(upload.read(body, Upload.SMALL), Body.class);
            return Response.ok(print(explainer.explain(gateway, question(read)))).build();
        }
    }

    private static Question question(Body read) {
        return new Question(
                read.method == null ? "GET" : read.method,
                url(read.url),
                headers(read.headers),
                read.listener,
                read.chain,
                source(read.source));
    }

    private static @Nullable InetAddress source(@Nullable String source) {
        try {
            return source == null ? null : InetAddress.ofLiteral(source);
        } catch (IllegalArgumentException e) {
            throw Problems.parameter("source", source, "an IP address");
        }
    }

    private static URI url(@Nullable String url) {
        String text = url == null ? "" : url;
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getRawAuthority() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Falls through to the message that says what was expected.
        }
        throw Problems.parameter("url", text, "http://HOST[:PORT]/PATH");
    }

    private static List<Question.Header> headers(@Nullable List<Body.Field> fields) {
        List<Question.Header> headers = new ArrayList<>();
        for (Body.Field field : fields == null ? List.<Body.Field>of() : fields) {
            if (field == null || field.name == null || field.value == null) {
                throw Problems.parameter("headers", "an entry", "name and value");
            }
            headers.add(new Question.Header(field.name, field.value));
        }
        return headers;
    }

    private static byte[] print(Explanation explanation) {
        return JsonText.object(
                out -> {
                    out.writeStringField("epoch", explanation.epoch());
                    out.writeNumberField("revision", explanation.revision());
                    out.writeStringField("listener", explanation.listener());
                    out.writeStringField("chain", explanation.chain());
                    out.writeStringField("domain", explanation.domain());
                    out.writeStringField("virtualHost", explanation.virtualHost());
                    Integer route = explanation.route();
                    if (route == null) {
                        out.writeNullField("route");
                    } else {
                        out.writeObjectFieldStart("route");
                        out.writeNumberField("index", route);
                        out.writeStringField("name", explanation.routeName());
                        out.writeEndObject();
                    }
                    out.writeStringField("action", explanation.action());
                    List<String> clusters = explanation.clusters();
                    out.writeStringField(
                            "cluster", clusters.isEmpty() ? null : clusters.getFirst());
                    JsonText.list(out, "clusters", clusters, (o, name) -> o.writeString(name));
                    JsonText.list(
                            out,
                            "endpoints",
                            explanation.endpoints(),
                            (o, at) -> o.writeString(at));
                    JsonText.list(
                            out,
                            "headerChanges",
                            explanation.headerChanges(),
                            ExplainResource::print);
                    JsonText.list(out, "settings", explanation.settings(), ExplainResource::print);
                    JsonText.list(
                            out, "steps", explanation.steps(), (o, step) -> o.writeString(step));
                });
    }

    private static void print(JsonGenerator out, Explanation.HeaderChange change)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("message", change.message());
        out.writeStringField("action", change.action());
        out.writeStringField("name", change.name());
        out.writeStringField("value", change.value());
        out.writeStringField("from", change.from());
        out.writeEndObject();
    }

    private static void print(JsonGenerator out, Explanation.Setting setting) throws IOException {
        out.writeStartObject();
        out.writeStringField("of", setting.of());
        out.writeStringField("name", setting.name());
        out.writeStringField("value", setting.value());
        out.writeStringField("from", setting.from());
        out.writeEndObject();
    }
}
