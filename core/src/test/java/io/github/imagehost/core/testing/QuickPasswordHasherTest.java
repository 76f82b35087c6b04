package io.github.imagehost.core.testing;

import io.github.imagehost.core.port.access.PasswordHasher;

class QuickPasswordHasherTest extends PasswordHasherContract {

    @Override
    protected PasswordHasher createHasher() {
        return new QuickPasswordHasher(1);
    }
}
