package io.github.imagehost.rest.account;

import io.github.imagehost.core.access.login.IssuedLink;
import io.github.imagehost.core.access.login.LoginLinks;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.core.view.OwnerDetails;
import io.github.imagehost.core.view.Timestamps;
import io.github.imagehost.rest.access.Principals;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.body.JsonBody;
import io.github.imagehost.rest.body.JsonFields;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.error.Envelope;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.guard.RequestAudit;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Managing owners, for administrators. */
@RestController
class OwnerController {

    private static final List<String> ADDED =
            List.of(OwnerFields.NAME, "role", RequestedQuota.MAX_IMAGES, RequestedQuota.MAX_BYTES);
    private static final List<String> CHANGED =
            List.of(OwnerFields.NAME, "role", "state", RequestedQuota.MAX_IMAGES, RequestedQuota.MAX_BYTES);

    private final Owners owners;
    private final LoginLinks links;
    private final QuotaLedger quotas;
    private final Principals principals;
    private final RequestAudit audit;
    private final JsonBody body;
    private final Messages messages;

    OwnerController(
            Owners owners,
            LoginLinks links,
            QuotaLedger quotas,
            Principals principals,
            RequestAudit audit,
            JsonBody body,
            Messages messages) {
        this.owners = owners;
        this.links = links;
        this.quotas = quotas;
        this.principals = principals;
        this.audit = audit;
        this.body = body;
        this.messages = messages;
    }

    @Requires(Scope.ADMIN)
    @GetMapping("/api/admin/owners")
    Envelope list(HttpServletRequest request) {
        List<OwnerDetails> details = owners.list().stream().map(this::details).toList();
        return Envelope.success(messages.text(request, "ok"), new OwnerList(details));
    }

    @Requires(Scope.ADMIN)
    @PostMapping("/api/admin/owners")
    ResponseEntity<Envelope> add(HttpServletRequest request) {
        JsonFields fields = JsonFields.read(body, request, ADDED);
        Quota.Change quota = RequestedQuota.read(fields);
        Owner owner = owners.add(OwnerFields.requiredName(fields), role(fields).orElse(Role.USER));
        audit.note(request, Acts.ownerAdded(owner));
        set(owner.id(), quota, request);
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(Envelope.success(messages.text(request, "owner_added"), details(owner)));
    }

    @Requires(Scope.ADMIN)
    @PatchMapping("/api/admin/owners/{id}")
    Envelope change(@PathVariable("id") String id, HttpServletRequest request) {
        JsonFields fields = JsonFields.read(body, request, CHANGED);
        Quota.Change quota = RequestedQuota.read(fields);
        Owner.Change change = new Owner.Change(OwnerFields.name(fields), role(fields), state(fields));
        Owner owner = PathIds.find(id, number -> change(new OwnerId(number), change), ApiError.OWNER_NOT_FOUND);
        principals.forget(owner.id());
        Acts.ownerChanged(owner.id(), change).forEach(act -> audit.note(request, act));
        set(owner.id(), quota, request);
        return Envelope.success(messages.text(request, "ok"), details(owner));
    }

    @Requires(Scope.ADMIN)
    @PostMapping("/api/admin/owners/{id}/login-link")
    ResponseEntity<Envelope> issueLink(@PathVariable("id") String id, HttpServletRequest request) {
        IssuedLink issued = PathIds.find(id, number -> links.issue(new OwnerId(number)), ApiError.OWNER_NOT_FOUND);
        audit.note(request, Acts.loginLinkCreated(issued.link().owner()));
        NewLink data = new NewLink(
                issued.secret().reveal(), Timestamps.format(issued.link().expiresAt()));
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(Envelope.success(messages.text(request, "link_issued"), data));
    }

    private Optional<Owner> change(OwnerId id, Owner.Change change) {
        if (!owners.allows(id, change)) {
            throw new ApiException(ApiError.FIRST_OWNER_STAYS);
        }
        return owners.change(id, change);
    }

    private static Optional<Role> role(JsonFields fields) {
        return fields.parse(
                "role", Role::parse, () -> illegal("role", Role.GIVEN.stream().map(Role::label)));
    }

    private static Optional<OwnerState> state(JsonFields fields) {
        return fields.parse(
                "state",
                OwnerState::parse,
                () -> illegal("state", Arrays.stream(OwnerState.values()).map(OwnerState::label)));
    }

    private static ApiException illegal(String field, Stream<String> legal) {
        return ApiException.illegalParameter(field, "legal.one_of", legal.collect(Collectors.joining(", ")));
    }

    private void set(OwnerId owner, Quota.Change requested, HttpServletRequest request) {
        if (requested.changesSomething()) {
            audit.note(request, Acts.quotaChanged(owner, quotas.changeQuota(owner, requested)));
        }
    }

    private OwnerDetails details(Owner owner) {
        return OwnerDetails.of(owner, quotas.usage(owner.id()), quotas.quota(owner.id()));
    }

    private record NewLink(String link, String expiresAt) {}

    private record OwnerList(List<OwnerDetails> owners) {}
}
