package io.github.imagehost.core.access.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.core.testing.InMemoryAccessRepository;
import io.github.imagehost.core.testing.InMemoryMetadataRepository;
import io.github.imagehost.core.testing.MutableClock;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link ClaimRules} and {@link Entitlements}. */
class EntitlementsTest {

    private static final ClaimRules RULES =
            new ClaimRules(Optional.of("groups"), Set.of("admins", "true", "7"), Optional.of("limits.bytes"));

    private final MutableClock clock = new MutableClock();
    private final InMemoryAccessRepository access = new InMemoryAccessRepository(clock);
    private final InMemoryMetadataRepository metadata = new InMemoryMetadataRepository(clock);
    private final Entitlements entitlements = new Entitlements(access, metadata);

    @Test
    void whoHasOneOfTheValuesIsAdministratorAndNobodyElse() {
        for (Object admin : List.of("admins", List.of("people", "admins"), Set.of("admins"), true, 7)) {
            assertThat(RULES.read(Map.of("groups", admin)).role())
                    .as("%s", admin)
                    .contains(Role.ADMIN);
        }
        for (Object user :
                List.of("", "Admins", "admins people", List.of(), List.of("admin"), false, Map.of("admins", true))) {
            assertThat(RULES.read(Map.of("groups", user)).role()).as("%s", user).contains(Role.USER);
        }
        assertThat(RULES.read(Map.of("group", "admins")).role()).contains(Role.USER);
    }

    @Test
    void aClaimIsFoundByItsNameOrByItsPath() {
        ClaimRules rules = new ClaimRules(Optional.of("a.b.c"), Set.of("x"), Optional.empty());

        for (Map<String, ?> claims : List.<Map<String, ?>>of(
                Map.of("a.b.c", "x"), Map.of("a", Map.of("b", Map.of("c", "x"))), Map.of("a", Map.of("b.c", "x")))) {
            assertThat(rules.read(claims).role()).as("%s", claims).contains(Role.ADMIN);
        }
        for (Map<String, ?> claims : List.<Map<String, ?>>of(
                Map.of("a", "x"), Map.of("a", Map.of("b", "x")), Map.of("c", "x"), Map.of("a", List.of("b")))) {
            assertThat(rules.read(claims).role()).as("%s", claims).contains(Role.USER);
        }
    }

    @Test
    void withoutRulesNothingCounts() {
        assertThat(ClaimRules.NONE.read(Map.of("groups", "admins", "changeQuota", 1)))
                .isEqualTo(new Entitlement(Optional.empty(), OptionalLong.empty()));
    }

    @Test
    void aQuotaIsAWholeNumber() {
        for (Object number : List.of(0, 7L, "12", "999999999999999999")) {
            assertThat(RULES.read(Map.of("limits", Map.of("bytes", number))).maxBytes())
                    .as("%s", number)
                    .hasValue(Long.parseLong(number.toString()));
        }
        for (Object other : List.of(-1, 1.5, "", "5GB", "9999999999999999999", List.of(1), true)) {
            assertThat(RULES.read(Map.of("limits", Map.of("bytes", other))).maxBytes())
                    .as("%s", other)
                    .isEmpty();
        }
    }

    @Test
    void anOwnerGetsWhatIsSaidAndNothingTwice() {
        OwnerId alice = access.addOwner(new OwnerName("alice"), Role.USER).id();
        metadata.setQuota(alice, new Quota(OptionalLong.of(3), OptionalLong.empty()));
        Entitlement both = new Entitlement(Optional.of(Role.ADMIN), OptionalLong.of(9));
        Quota quota = new Quota(OptionalLong.of(3), OptionalLong.of(9));

        assertThat(entitlements.grant(alice, both))
                .isEqualTo(new Entitlements.Grant(Optional.of(Role.ADMIN), Optional.of(quota)));
        assertThat(access.findOwner(alice).orElseThrow().role()).isEqualTo(Role.ADMIN);
        assertThat(metadata.quota(alice)).isEqualTo(quota);
        assertThat(entitlements.grant(alice, both))
                .isEqualTo(new Entitlements.Grant(Optional.empty(), Optional.empty()));
        entitlements.grant(alice, new Entitlement(Optional.empty(), OptionalLong.empty()));
        assertThat(access.findOwner(alice).orElseThrow().role()).isEqualTo(Role.ADMIN);
        assertThat(metadata.quota(alice)).isEqualTo(quota);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyTheFirstOwnerStaysAdministrator(boolean isFirst) {
        Owner added = access.addOwner(new OwnerName("alice"), Role.ADMIN);
        OwnerId owner = isFirst ? OwnerId.DEFAULT : added.id();

        Entitlements.Grant grant =
                entitlements.grant(owner, new Entitlement(Optional.of(Role.USER), OptionalLong.empty()));

        assertThat(grant.role()).isEqualTo(isFirst ? Optional.empty() : Optional.of(Role.USER));
        Owner now = access.findOwner(owner).orElseThrow();
        assertThat(now.role()).isEqualTo(isFirst ? Role.ADMIN : Role.USER);
        assertThat(now.state()).isEqualTo(OwnerState.ACTIVE);
    }

    @Test
    void whatSomebodyElseChangesMeanwhileStays() {
        OwnerId alice = access.addOwner(new OwnerName("alice"), Role.ADMIN).id();
        Owners admins = new Owners(access);
        Owner.Change suspension =
                new Owner.Change(Optional.empty(), Optional.empty(), Optional.of(OwnerState.SUSPENDED));
        AccessRepository overtaken =
                beforeEachCall(AccessRepository.class, access, "changeOwner", () -> admins.change(alice, suspension));
        QuotaLedger overtakenQuotas = beforeEachCall(
                QuotaLedger.class,
                metadata,
                "changeQuota",
                () -> metadata.setQuota(alice, new Quota(OptionalLong.of(3), OptionalLong.empty())));

        Entitlements.Grant grant = new Entitlements(overtaken, overtakenQuotas)
                .grant(alice, new Entitlement(Optional.of(Role.USER), OptionalLong.of(9)));

        Quota quota = new Quota(OptionalLong.of(3), OptionalLong.of(9));
        Owner now = access.findOwner(alice).orElseThrow();
        assertThat(now.role()).isEqualTo(Role.USER);
        assertThat(now.state()).isEqualTo(OwnerState.SUSPENDED);
        assertThat(metadata.quota(alice)).isEqualTo(quota);
        assertThat(grant).isEqualTo(new Entitlements.Grant(Optional.of(Role.USER), Optional.of(quota)));
    }

    /** One in which somebody else does something before each call of this method. */
    private static <T> T beforeEachCall(Class<T> type, T target, String name, Runnable somebodyElse) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals(name)) {
                        somebodyElse.run();
                    }
                    return method.invoke(target, arguments);
                }));
    }
}
