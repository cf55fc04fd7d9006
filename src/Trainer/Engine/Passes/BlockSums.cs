namespace MlNetShallowNet.Engine;

/// <summary>What a block of rows adds up to besides its shares in dW2 and db1: the sums of w L, w and dZ2.</summary>
internal readonly record struct BlockSums(double Loss, double Weight, float Db2);
