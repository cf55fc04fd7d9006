namespace MlNetShallowNet.Samples.Tables;

/// <summary>What a column of a table holds, as far as a network is concerned.</summary>
internal enum ColumnKind
{
    /// <summary>Numbers: one input.</summary>
    Numeric,

    /// <summary>Words from a list: one input per word.</summary>
    Categorical,

    /// <summary>Sentences: inputs that count their words, and three letters in a row.</summary>
    FreeText,

    /// <summary>No value at all: of no use.</summary>
    Empty,

    /// <summary>The same word in every row: of no use.</summary>
    ConstantText,

    /// <summary>A name, a number plate: too many different words to learn from.</summary>
    Identifier,

    /// <summary>Left out because the user said so.</summary>
    Ignored,
}
