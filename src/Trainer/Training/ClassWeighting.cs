namespace MlNetShallowNet;

/// <summary>How much the rows of each class count.</summary>
public enum ClassWeighting
{
    /// <summary>Every row as its own weight says, times the class weights of the options.</summary>
    Given,

    /// <summary>Both classes count the same: rows of a class are weighted by half the weight of all rows over that of the class.</summary>
    Balanced,
}
