package dev.wick.store.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * What {@code /openapi} says beyond what the resources' signatures do: the statuses of each
 * operation, problems, the forms of parameters, and that a token is needed.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiDescription implements OASFilter {

    /** The security scheme of all that is not public. */
    static final String TOKEN = "token";

    private static final String PUBLIC = "/v1/schema";
    private static final String PROBLEM = "Problem";

    /** Statuses by operation, besides those that any may answer with. */
    private static final Map<String, int[]> STATUSES = new HashMap<>();

    private static final Map<Integer, String> MEANINGS =
            Map.ofEntries(
                    Map.entry(200, "OK"),
                    Map.entry(201, "Created"),
                    Map.entry(204, "Done"),
                    Map.entry(304, "Not changed: `If-None-Match` names what is there"),
                    Map.entry(400, "The body was cut off"),
                    Map.entry(401, "No valid token"),
                    Map.entry(403, "The token's role may not"),
                    Map.entry(404, "Does not exist"),
                    Map.entry(409, "Not as things are now: the detail says why"),
                    Map.entry(410, "No longer kept"),
                    Map.entry(412, "The precondition does not hold: somebody else was first"),
                    Map.entry(413, "The body is too large"),
                    Map.entry(
                            422,
                            "Something does not fit; each problem is listed, nothing was changed"),
                    Map.entry(500, "An error in the store; its log says more"),
                    Map.entry(
                            503,
                            "With a `requestId`: it can't be known whether this was committed."
                                    + " Without: nothing was changed, or the detail says what is"
                                    + " known; retry"),
                    Map.entry(
                            507,
                            "The disk takes no more; nothing was changed, or the detail says what"
                                    + " was"));

    static {
        String gateway = "/v1/gateways/{gateway}";
        String document = gateway + "/{kind}/{name}";
        say("GET " + gateway, 200);
        say("GET " + gateway + "/{kind}", 200, 404, 410);
        say("GET " + document, 200, 304, 404);
        say("PUT " + document, 200, 201, 404, 412, 413, 503, 507);
        say("DELETE " + document, 200, 404, 412, 503, 507);
        say("POST " + gateway + "/apply", 200, 412, 413, 503, 507);
        say("GET " + gateway + "/revisions", 200);
        say("GET " + gateway + "/revisions/{revision}", 200, 404, 410);
        say("POST " + gateway + "/revisions/{revision}/restore", 200, 404, 410, 412, 503, 507);
        say("GET " + gateway + "/requests/{id}", 200, 404);
        say("GET " + gateway + "/watch", 200, 410);
        say("POST " + gateway + "/explain", 200, 413, 503);
        say("GET " + gateway + "/instances", 200);
        say("POST " + gateway + "/instances/{instance}", 204, 413, 503);
        say("GET " + gateway + "/slices", 200, 304, 503);
        say("GET " + gateway + "/slices/{listener}/{chain}/{host}", 200, 304, 404, 503);
        say("POST " + gateway + "/follow", 200, 413, 503);
        say("POST " + gateway + "/follow/{instance}/drop", 204, 413, 503);
        say("GET /v1/gateways", 200);
        say("GET /v1/schema", 200);
        say("GET /v1/keys", 200);
        say("POST /v1/keys/rotate", 200, 409, 503, 507);
        say("GET /v1/tokens", 200);
        say("POST /v1/tokens", 201, 409, 413, 503, 507);
        say("DELETE /v1/tokens/{id}", 204, 404, 409, 503, 507);
    }

    private static void say(String operation, int... statuses) {
        STATUSES.put(operation, statuses);
    }

    @Override
    public void filterOpenAPI(OpenAPI description) {
        if (description.getComponents() == null) {
            description.setComponents(OASFactory.createComponents());
        }
        description.getComponents().addSchema(PROBLEM, problem());
        description.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(TOKEN)));
        if (description.getPaths() == null) {
            return;
        }
        description
                .getPaths()
                .getPathItems()
                .forEach(
                        (path, item) ->
                                item.getOperations()
                                        .forEach((method, op) -> describe(path, method, op)));
    }

    private static void describe(String path, PathItem.HttpMethod method, Operation operation) {
        int[] statuses = STATUSES.get(method + " " + path);
        if (statuses == null) {
            throw new IllegalStateException(
                    method + " " + path + ": not described (expected: its statuses)");
        }
        Map<Integer, APIResponse> all = new TreeMap<>();
        for (int status : statuses) {
            all.put(status, status < 400 ? answer(operation, status) : refusal(status));
        }
        if (path.equals(PUBLIC)) {
            operation.setSecurity(List.of());
        } else {
            for (int status : new int[] {400, 401, 403, 422, 500}) {
                all.put(status, refusal(status));
            }
        }
        APIResponses responses = OASFactory.createAPIResponses();
        all.forEach((status, response) -> responses.addAPIResponse(status + "", response));
        operation.setResponses(responses);
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(ApiDescription::form);
        }
    }

    /** With the content that the resource's signature says, where there is one. */
    private static APIResponse answer(Operation operation, int status) {
        APIResponse made = OASFactory.createAPIResponse().description(MEANINGS.get(status));
        APIResponses told = operation.getResponses();
        APIResponse ok = told == null ? null : told.getAPIResponse("200");
        boolean hasBody = status == 200 || status == 201;
        return hasBody && ok != null ? made.content(ok.getContent()) : made;
    }

    private static APIResponse refusal(int status) {
        Schema reference = OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM);
        return OASFactory.createAPIResponse()
                .description(MEANINGS.get(status))
                .content(
                        OASFactory.createContent()
                                .addMediaType(
                                        Problems.TYPE,
                                        OASFactory.createMediaType().schema(reference)));
    }

    private static void form(Parameter parameter) {
        Schema schema = OASFactory.createSchema();
        switch (parameter.getName()) {
            case "dryRun", "prune", "reset" ->
                    parameter.setSchema(schema.addType(Schema.SchemaType.BOOLEAN));
            case "from", "before", SliceResource.MIN_REVISION ->
                    parameter.setSchema(schema.addType(Schema.SchemaType.INTEGER));
            case "limit" ->
                    parameter.setSchema(
                            schema.addType(Schema.SchemaType.INTEGER)
                                    .minimum(java.math.BigDecimal.ONE)
                                    .maximum(java.math.BigDecimal.valueOf(1_000))
                                    .defaultValue(100));
            default -> {}
        }
    }

    private static Schema problem() {
        Schema entry = OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
        for (String name : List.of("document", "field", "value", "expected")) {
            entry.addProperty(name, text());
        }
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .description("RFC 9457")
                .addProperty("type", text())
                .addProperty("title", text())
                .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
                .addProperty("detail", text())
                .addProperty("requestId", text())
                .addProperty(
                        "problems",
                        OASFactory.createSchema().addType(Schema.SchemaType.ARRAY).items(entry));
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }
}
