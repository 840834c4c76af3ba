package dev.wick.store.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.wick.store.access.Permission;
import dev.wick.store.follow.Followers;
import dev.wick.store.instances.HostHealth;
import dev.wick.store.instances.Instances;
import dev.wick.store.instances.Report;
import dev.wick.store.keep.Keep;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What instances report. */
@Path("/v1/gateways/{gateway}/instances")
@Tag(name = "instances")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class InstanceResource {

    private final Instances instances;
    private final Followers followers;
    private final Keep keep;

    InstanceResource(Instances instances, Followers followers, Keep keep) {
        this.instances = instances;
        this.followers = followers;
        this.keep = keep;
    }

    /** A report as bodies spell it: whatever is left out is empty. */
    record Body(
            long revision,
            @Nullable String version,
            @Nullable List<Listening> listeners,
            @Nullable List<Refused> problems,
            long held,
            @Nullable List<Health> health) {

        record Health(
                @Nullable String cluster,
                @Nullable String address,
                boolean failedActiveHealthCheck,
                boolean ejected,
                long ageMillis,
                @Nullable Long ejectionLeftMillis) {

            HostHealth found() {
                return new HostHealth(
                        text(cluster),
                        text(address),
                        failedActiveHealthCheck,
                        ejected,
                        Duration.ofMillis(Math.max(0, ageMillis)),
                        ejectionLeftMillis == null || !ejected
                                ? null
                                : Duration.ofMillis(Math.max(0, ejectionLeftMillis)));
            }
        }

        record Listening(
                @Nullable String name,
                @Nullable String address,
                @Nullable String state,
                @Nullable String detail) {}

        record Refused(
                @Nullable String document,
                @Nullable String field,
                @Nullable String value,
                @Nullable String expected) {}

        Report report() {
            return new Report(
                    revision,
                    text(version),
                    all(listeners).stream()
                            .map(
                                    l ->
                                            new Report.Listening(
                                                    text(l.name),
                                                    text(l.address),
                                                    text(l.state),
                                                    text(l.detail)))
                            .toList(),
                    all(problems).stream()
                            .map(
                                    p ->
                                            new Report.Refused(
                                                    text(p.document),
                                                    text(p.field),
                                                    text(p.value),
                                                    text(p.expected)))
                            .toList(),
                    held,
                    all(health).stream().map(Health::found).toList());
        }

        private static String text(@Nullable String text) {
            return text == null ? "" : text;
        }

        private static <T> List<T> all(@Nullable List<T> list) {
            return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
        }
    }

    @POST
    @Path("/{instance}")
    @Consumes(MediaType.WILDCARD)
    @Needs(Permission.REPORT)
    @Operation(summary = "What an instance serves and refuses; again every 10 s, and on change.")
    public Response report(
            @PathParam("gateway") String gateway,
            @PathParam("instance") String instance,
            @Context RoutingContext context,
            InputStream body) {
        Report report;
        try (Upload upload = new Upload(context)) {
            report = Bodies.json(upload.read(body, Upload.SMALL), Body.class).report();
        }
        return instances.report(gateway, Names.instance(instance), report)
                ? Response.noContent().build()
                : Problems.of(503, "too many instances").header("Retry-After", "60").build();
    }

    @GET
    @Needs(Permission.READ)
    @Operation(summary = "The instances heard of in the last 60 s.")
    public Response all(@PathParam("gateway") String gateway) {
        List<Instances.Heard> heard = instances.of(gateway);
        byte[] body =
                JsonText.object(
                        out -> {
                            out.writeStringField("epoch", keep.epoch());
                            out.writeNumberField("revision", keep.head(gateway));
                            JsonText.list(
                                    out, "instances", heard, (o, one) -> print(o, gateway, one));
                        });
        return Response.ok(body).build();
    }

    private void print(JsonGenerator out, String gateway, Instances.Heard heard)
            throws IOException {
        Report report = heard.report();
        out.writeStartObject();
        out.writeStringField("instance", heard.instance());
        out.writeStringField("heard", heard.at().toString());
        out.writeBooleanField("connected", followers.follows(gateway, heard.instance()));
        out.writeNumberField("revision", report.revision());
        out.writeStringField("version", report.version());
        out.writeNumberField("held", report.held());
        JsonText.list(
                out,
                "listeners",
                report.listeners(),
                (o, listener) -> {
                    o.writeStartObject();
                    o.writeStringField("name", listener.name());
                    o.writeStringField("address", listener.address());
                    o.writeStringField("state", listener.state());
                    o.writeStringField("detail", listener.detail());
                    o.writeEndObject();
                });
        JsonText.list(
                out,
                "problems",
                report.problems(),
                (o, problem) -> {
                    o.writeStartObject();
                    o.writeStringField("document", problem.document());
                    o.writeStringField("field", problem.field());
                    o.writeStringField("value", problem.value());
                    o.writeStringField("expected", problem.expected());
                    o.writeEndObject();
                });
        out.writeEndObject();
    }
}
