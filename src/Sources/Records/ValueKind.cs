namespace MlNetShallowNet.Sources.Records;

/// <summary>What a column of a source holds, and in brackets the type of its <see cref="Field{T}"/>.</summary>
internal enum ValueKind
{
    /// <summary>Yes or no (<see cref="bool"/>).</summary>
    Boolean,

    /// <summary>Integers of up to 64 bits with a sign (<see cref="long"/>).</summary>
    Integer,

    /// <summary>Numbers of 24 binary digits (<see cref="float"/>).</summary>
    Single,

    /// <summary>Numbers of 53 binary digits (<see cref="double"/>).</summary>
    Double,

    /// <summary>Numbers of up to 29 decimal digits (<see cref="decimal"/>).</summary>
    Decimal,

    /// <summary>Dates, and points in time (<see cref="System.DateTime"/>).</summary>
    DateTime,

    /// <summary>Times of day, and durations (<see cref="System.TimeSpan"/>).</summary>
    TimeSpan,

    /// <summary>Words and texts (<see cref="string"/>).</summary>
    Text,
}
