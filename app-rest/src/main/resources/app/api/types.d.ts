/** What the service answers, as openapi.json describes it. */

export interface Picture {
    id: number;
    filename: string;
    originalName: string;
    url: string;
    fileSize: number;
    mimeType: string;
    uploadTime: string;
    fileHash: string;
    width: number;
    height: number;
    thumbnailUrl: string;
    visibility: 'public' | 'private';
    expiresAt: string | null;
    viewsLeft: number | null;
    /** Not in albums. */
    tags?: string[];
    /** Ids; not in albums. */
    albums?: number[];
}

/** Of an upload. A guest is not told the id. */
export interface Uploaded extends Omit<Picture, 'id'> {
    id: number | null;
    duplicate: boolean;
    deleteUrl?: string | null;
}

export interface Page {
    images: Picture[];
    /** Null if it is as many as the page before has said. */
    pagination: { totalItems: number | null; nextCursor: string | null; totalIsEstimate: boolean };
    /** What it is a page of, if that is an album in its own order. */
    album?: Album;
}

export type Order = 'newest' | 'oldest' | 'manual';

export interface Album {
    id: number;
    name: string;
    images: number;
    order: Order;
    visibility: 'public' | 'private';
    /** When it becomes private; null while it is, or if that has no end. */
    publicUntil: string | null;
    random: boolean;
    cover: number | null;
    expiresAt: string | null;
    url: string | null;
}

export interface AlbumPage {
    images: Picture[];
    nextCursor: string | null;
}

/** What was done for several pictures. */
export interface Moved {
    count: number;
    notFound: number[];
}

export interface Changed {
    changedCount: number;
    notFound: number[];
}

export interface Tag {
    tag: string;
    images: number;
}

/** Where a picture is put that is uploaded, and what it is like if it is new. */
export interface Filing {
    album: { id: number; name: string } | null;
    tags: string[];
    /** Empty for what the service does by itself. */
    visibility: '' | 'public' | 'private';
    /** Such as 7d; empty for never. */
    expiresIn: string;
}

export interface Deleted {
    deletedCount: number;
    notFound: number[];
}

export interface Checked {
    known: Uploaded[];
    unknown: string[];
}

export interface SeveralUploaded {
    successful: { data: Uploaded }[];
    failed: { index: number; code: string; message: string }[];
}

export interface SignedLink {
    url: string;
    thumbnailUrl: string;
    expiresAt: string;
}

export interface Usage {
    images: number;
    bytes: number;
}

export interface Quota {
    images: number | null;
    bytes: number | null;
}

export type Scope = 'upload' | 'read' | 'delete' | 'manage' | 'account' | 'admin';

export interface Account {
    id: number;
    name: string;
    role: 'admin' | 'user';
    scopes: Scope[];
    token: Token | null;
    usage: Usage;
    quota: Quota;
    access: 'local' | 'token' | 'open';
    session: Session | null;
    hasPassword: boolean;
    maxFileSize: number;
}

export interface Session {
    createdAt: string;
    seenAt: string;
    expiresAt: string;
    startedBy: 'password' | 'token' | 'link' | 'oidc';
    current: boolean;
}

export interface Token {
    id: number;
    name: string;
    hint: string;
    scopes: Scope[];
    createdAt: string;
    expiresAt: string | null;
    lastUsedAt: string | null;
    revokedAt: string | null;
    origins: string[] | null;
    networks: string[] | null;
}

/** What may be uploaded. */
export interface UploadLimits {
    maxFileSize: number;
    mimeTypes: string[];
}

/** What a service tells everybody of itself. */
export interface Info {
    version: string | null;
    publicUrl: string;
    login: string[];
    uploads: UploadLimits;
    guests: UploadLimits | null;
}

export interface Client {
    name: string;
    title: string;
    filename: string;
}

export interface Owner {
    id: number;
    name: string;
    role: 'admin' | 'user' | 'guest';
    state: 'active' | 'suspended';
    createdAt: string;
    usage: Usage;
    quota: Quota;
}

export interface Invitation {
    id: number;
    uses: number;
    usesLeft: number;
    createdAt: string;
    expiresAt: string;
    revokedAt: string | null;
    quota: Quota;
}

/** Pictures that have something in common. */
export interface Share extends Usage {
    name: string;
}

export interface OwnerStatistics {
    usage: Usage;
    quota: Quota;
    types: Share[];
    visibilities: Share[];
    months: Share[];
    isEstimate: boolean;
}

export interface HostStatistics {
    countedAt: string;
    statistics: {
        images: number;
        imageBytes: number;
        blobs: number;
        blobBytes: number;
        storedBytes: number;
        derived: number;
        derivedBytes: number;
        missing: number;
        unfinished: number;
        condemned: number;
        types: Share[];
        months: Share[];
    };
    savedBytes: number;
    owners: Owner[];
    backlog: { objects: number; seconds: number };
}

export interface Health {
    status: 'OK' | 'DOWN';
    components?: { [name: string]: 'UP' | 'FULL' | 'DOWN' };
}

export interface AuditEvent {
    id: number;
    time: string;
    actor: string;
    actorId: number | null;
    client: string | null;
    action: string;
    outcome: 'done' | 'refused';
    ownerId: number | null;
    target: string;
    detail: string | null;
}
