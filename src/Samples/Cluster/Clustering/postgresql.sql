-- Where silos of Orleans find each other in PostgreSQL: two tables, and the queries that Orleans' ADO.NET provider looks up by these names.
-- What is there already stays as it is, so that this may run again, also beside Orleans' own tables.
BEGIN;
SELECT pg_advisory_xact_lock(hashtext('shallownet_silo')); -- of two that come at once, one waits

CREATE TABLE IF NOT EXISTS OrleansQuery (
    QueryKey varchar(64) PRIMARY KEY,
    QueryText text NOT NULL
);

-- A cluster, with a number that each change of its silos counts up: who has read another number may not change them.
CREATE TABLE IF NOT EXISTS shallownet_cluster (
    DeploymentId text PRIMARY KEY,
    Version integer NOT NULL
);

CREATE TABLE IF NOT EXISTS shallownet_silo (
    DeploymentId text NOT NULL REFERENCES shallownet_cluster ON DELETE CASCADE,
    Address text NOT NULL,
    Port integer NOT NULL,
    Generation integer NOT NULL,
    SiloName text NOT NULL,
    HostName text NOT NULL,
    Status integer NOT NULL,
    ProxyPort integer NOT NULL,
    SuspectTimes text,
    StartTime timestamptz NOT NULL,
    IAmAliveTime timestamptz NOT NULL,
    PRIMARY KEY (DeploymentId, Address, Port, Generation)
);

INSERT INTO OrleansQuery (QueryKey, QueryText)
SELECT ours.name, ours.query
FROM (VALUES
    ('MembershipReadAllKey', $$
        SELECT c.Version, s.Address, s.Port, s.Generation, s.SiloName, s.HostName, s.Status, s.ProxyPort, s.SuspectTimes, s.StartTime, s.IAmAliveTime
        FROM shallownet_cluster c LEFT JOIN shallownet_silo s USING (DeploymentId)
        WHERE c.DeploymentId = @DeploymentId
    $$),
    ('MembershipReadRowKey', $$
        SELECT c.Version, s.Address, s.Port, s.Generation, s.SiloName, s.HostName, s.Status, s.ProxyPort, s.SuspectTimes, s.StartTime, s.IAmAliveTime
        FROM shallownet_cluster c
        LEFT JOIN shallownet_silo s ON s.DeploymentId = c.DeploymentId AND s.Address = @Address AND s.Port = @Port AND s.Generation = @Generation
        WHERE c.DeploymentId = @DeploymentId
    $$),
    ('InsertMembershipVersionKey', $$
        WITH inserted AS (
            INSERT INTO shallownet_cluster (DeploymentId, Version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING 1
        )
        SELECT count(*) > 0 FROM inserted
    $$),
    ('InsertMembershipKey', $$
        WITH counted AS (
            UPDATE shallownet_cluster SET Version = Version + 1
            WHERE DeploymentId = @DeploymentId AND Version = @Version AND NOT EXISTS (
                SELECT 1 FROM shallownet_silo WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation
            )
            RETURNING 1
        ), inserted AS (
            INSERT INTO shallownet_silo (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
            SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM counted
            RETURNING 1
        )
        SELECT count(*) > 0 FROM inserted
    $$),
    ('UpdateMembershipKey', $$
        WITH counted AS (
            UPDATE shallownet_cluster SET Version = Version + 1
            WHERE DeploymentId = @DeploymentId AND Version = @Version AND EXISTS (
                SELECT 1 FROM shallownet_silo WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation
            )
            RETURNING 1
        ), updated AS (
            UPDATE shallownet_silo SET Status = @Status, SuspectTimes = CAST(@SuspectTimes AS text), IAmAliveTime = @IAmAliveTime FROM counted
            WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation
            RETURNING 1
        )
        SELECT count(*) > 0 FROM updated
    $$),
    ('UpdateIAmAlivetimeKey', $$
        UPDATE shallownet_silo SET IAmAliveTime = @IAmAliveTime
        WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation
    $$),
    ('GatewaysQueryKey', $$
        SELECT Address, ProxyPort, Generation FROM shallownet_silo WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0
    $$),
    ('DeleteMembershipTableEntriesKey', $$
        DELETE FROM shallownet_cluster WHERE DeploymentId = @DeploymentId
    $$),
    ('CleanupDefunctSiloEntriesKey', $$
        DELETE FROM shallownet_silo WHERE DeploymentId = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND Status = 6 -- dead
    $$)
) AS ours (name, query)
WHERE NOT EXISTS (SELECT 1 FROM OrleansQuery WHERE QueryKey = ours.name);
COMMIT;
